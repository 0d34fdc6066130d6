package dev.activator.handoff.kernel;

import dev.activator.handoff.kernel.SpawnRequest.Duplicate;
import dev.activator.listener.kernel.LibC;
import dev.activator.listener.kernel.NativeFunction;
import java.lang.ref.Reference;
import org.jspecify.annotations.Nullable;

/**
 * Makes a process without ever running Java code in it. posix_spawn(3), posix_spawn_file_actions_adddup2(3).
 *
 * <p>The JVM has many descriptors that the child must not get, and other threads open more at any time. The child closes
 * them itself where the C library can ask for that (glibc 2.34); before that version they are marked close-on-exec
 * just before the spawn, which leaves a gap of microseconds.
 */
public final class Spawner {
    private static final NativeFunction SPAWN = NativeFunction.find("posix_spawn");
    private static final NativeFunction ACTIONS_INIT = NativeFunction.find("posix_spawn_file_actions_init");
    private static final NativeFunction ACTIONS_DESTROY = NativeFunction.find("posix_spawn_file_actions_destroy");
    private static final NativeFunction ADD_DUP2 = NativeFunction.find("posix_spawn_file_actions_adddup2");
    private static final NativeFunction ADD_OPEN = NativeFunction.find("posix_spawn_file_actions_addopen");
    private static final NativeFunction ADD_CLOSE = NativeFunction.find("posix_spawn_file_actions_addclose");
    private static final NativeFunction ADD_CHDIR = NativeFunction.find("posix_spawn_file_actions_addchdir_np");
    private static final @Nullable NativeFunction ADD_CLOSE_FROM =
            findOptional("posix_spawn_file_actions_addclosefrom_np");
    private static final NativeFunction ATTRIBUTES_INIT = NativeFunction.find("posix_spawnattr_init");
    private static final NativeFunction ATTRIBUTES_DESTROY = NativeFunction.find("posix_spawnattr_destroy");
    private static final NativeFunction SET_FLAGS = NativeFunction.find("posix_spawnattr_setflags");
    private static final NativeFunction SET_MASK = NativeFunction.find("posix_spawnattr_setsigmask");
    private static final NativeFunction SET_DEFAULTS = NativeFunction.find("posix_spawnattr_setsigdefault");
    private static final NativeFunction SIGNAL = NativeFunction.find("signal");

    private static final int KEPT = 64 * 1024;
    private static final int SETSIGDEF = 0x04;
    private static final int SETSIGMASK = 0x08;
    private static final int SETSID = 0x80;
    /** glibc needs 336, 80 and 128 bytes on 64-bit machines; musl no more. */
    private static final int ATTRIBUTES_SIZE = 512;

    private static final int ACTIONS_SIZE = 256;
    private static final int SIGNAL_SET_SIZE = 128;
    private static final int O_RDWR = 2;
    private static final long SYS_CLOSE_RANGE = 436;
    private static final int CLOSE_RANGE_CLOEXEC = 4;
    private static final int SIGKILL = 9;
    private static final int SIGPIPE = 13;
    private static final int SIGSTOP = 19;
    private static final long SIG_IGN = 1;

    private final ScratchMemory scratch = new ScratchMemory(KEPT);
    private final boolean closesInChild;

    public Spawner() {
        this(ADD_CLOSE_FROM != null);
    }

    /** For the test of the older way. */
    Spawner(boolean closesInChild) {
        this.closesInChild = closesInChild;
    }

    private static @Nullable NativeFunction findOptional(String name) {
        try {
            return NativeFunction.find(name);
        } catch (UnsatisfiedLinkError olderLibrary) {
            return null;
        }
    }

    /**
     * Makes this process ignore SIGPIPE for good, which children inherit. Nothing changes for the JVM, whose own handler ignores
     * the signal too, but a handler would be reset in the child and an ignored signal stays ignored.
     */
    public static void ignoreSigpipe() {
        SIGNAL.call(SIGPIPE, SIG_IGN);
    }

    /** The pid of the new process, or the negated errno. */
    public int spawn(SpawnRequest request) {
        if (!closesInChild && LibC.syscall(SYS_CLOSE_RANGE, 3, 0xffffffffL, CLOSE_RANGE_CLOEXEC, 0, 0, 0) == -1) {
            return -LibC.errno();
        }
        scratch.reset(ATTRIBUTES_SIZE
                + ACTIONS_SIZE
                + SIGNAL_SET_SIZE
                + 256
                + ScratchMemory.sizeOf("/dev/null")
                + ScratchMemory.sizeOf(request.file())
                + ScratchMemory.sizeOf(String.valueOf(request.directory()))
                + ScratchMemory.sizeOf(request.argv())
                + ScratchMemory.sizeOf(request.environment()));
        long attributes = attributes(request);
        long actions = scratch.address(scratch.place(ACTIONS_SIZE));
        ACTIONS_INIT.call(actions);
        try {
            int refused = addActions(actions, request);
            return refused != 0 ? -refused : spawn(request, actions, attributes);
        } finally {
            ACTIONS_DESTROY.call(actions);
            ATTRIBUTES_DESTROY.call(attributes);
            Reference.reachabilityFence(scratch);
        }
    }

    private int spawn(SpawnRequest request, long actions, long attributes) {
        int pid = scratch.place(8);
        long file = scratch.address(scratch.place(request.file()));
        long argv = scratch.address(scratch.place(request.argv()));
        long environment = scratch.address(scratch.place(request.environment()));
        int failure = (int) SPAWN.call(scratch.address(pid), file, actions, attributes, argv, environment);
        return failure != 0 ? -failure : scratch.memory().getInt(pid);
    }

    private long attributes(SpawnRequest request) {
        long attributes = scratch.address(scratch.place(ATTRIBUTES_SIZE));
        int set = scratch.place(SIGNAL_SET_SIZE);
        ATTRIBUTES_INIT.call(attributes);
        SET_FLAGS.call(attributes, SETSIGDEF | SETSIGMASK | SETSID);
        SET_MASK.call(attributes, scratch.address(set));
        long defaults = ~(bit(SIGKILL) | bit(SIGSTOP) | (request.inheritSigpipe() ? bit(SIGPIPE) : 0));
        scratch.memory().putLong(set, defaults);
        SET_DEFAULTS.call(attributes, scratch.address(set));
        return attributes;
    }

    private int addActions(long actions, SpawnRequest request) {
        int refused = 0;
        for (Duplicate duplicate : request.duplicates()) {
            refused |= (int) ADD_DUP2.call(actions, duplicate.from(), duplicate.to());
        }
        long devNull = scratch.address(scratch.place("/dev/null"));
        for (int target : request.nulls()) {
            refused |= (int) ADD_OPEN.call(actions, target, devNull, O_RDWR, 0);
        }
        refused |= closeRest(actions, request);
        if (request.directory() != null) {
            refused |= (int) ADD_CHDIR.call(actions, scratch.address(scratch.place(request.directory())));
        }
        return refused;
    }

    private int closeRest(long actions, SpawnRequest request) {
        if (closesInChild && ADD_CLOSE_FROM != null) {
            return (int) ADD_CLOSE_FROM.call(actions, request.closeFrom());
        }
        int refused = 0;
        for (Duplicate duplicate : request.duplicates()) {
            if (duplicate.to() >= request.closeFrom()) {
                refused |= (int) ADD_CLOSE.call(actions, duplicate.to());
            }
        }
        return refused;
    }

    private static long bit(int signal) {
        return 1L << (signal - 1);
    }
}
