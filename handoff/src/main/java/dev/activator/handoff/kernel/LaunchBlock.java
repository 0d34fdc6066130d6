package dev.activator.handoff.kernel;

import dev.activator.handoff.kernel.SpawnRequest.Duplicate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one launch asks of the launch code, and what became of it: {@code struct launch} of {@code launch.c} and all that it points to,
 * the child's stack included. The child reads it, on its own time, until {@link #isInUse} is false; until then nobody else may touch or
 * forget it.
 */
public final class LaunchBlock {
    private static final int HEADER = 232;
    private static final int STACK = 8 * 1024;
    private static final int PID_DIGITS = 10;
    private static final int PIDFD_DIGITS = 20;

    private static final int RUNNING = 0;
    private static final int APART = 4;
    private static final int STAGE = 8;
    private static final int ERROR = 12;
    private static final int PIDFD = 16;
    private static final int CGROUP = 20;
    private static final int FLAGS = 24;
    private static final int PATH = 32;
    private static final int ARGV = 40;
    private static final int ENVP = 48;
    private static final int DIRECTORY = 56;
    private static final int DUPLICATES = 64;
    private static final int CLOSE_FROM = 80;
    private static final int TABLE_SIZE = 88;
    private static final int LIMITS = 96;
    private static final int PID_TEXTS = 112;
    private static final int OOM_SCORE_ADJUST = 128;
    private static final int GROUPS = 136;
    private static final int UID = 152;
    private static final int GID = 160;
    private static final int UMASK = 168;
    private static final int NICE = 176;
    private static final int BOUNDING = 184;
    private static final int AMBIENT = 192;
    private static final int IGNORED_SIGNALS = 200;
    private static final int STACK_END = 208;
    private static final int STACK_SIZE = 216;

    private static final int PIDFD_TEXT = 224;

    private static final int SWITCH_IDS = 1;
    private static final int SET_GROUPS = 2;
    private static final int SET_UMASK = 4;
    private static final int SET_NICE = 8;
    private static final int BOUND = 16;
    private static final int SET_AMBIENT = 32;
    private static final int NO_NEW_PRIVILEGES = 64;
    private static final int IGNORE_SIGPIPE = 128;
    private static final int OPTIONAL_DIRECTORY = 256;
    private static final int SHARE_FILES = 512;
    private static final int WAIT_FOR_EXEC = 1024;
    private static final int WITH_PIDFD = 2048;

    private final ScratchMemory scratch;
    private long flags;

    /** A block that takes that many bytes of strings and arrays without growing. */
    public LaunchBlock(int bytes) {
        scratch = new ScratchMemory(HEADER + STACK + bytes);
    }

    /**
     * Forgets the launch before, and grows if it must.
     *
     * @param bytes what everything that is to be placed takes at most; {@link #sizeOf}
     */
    public void begin(int bytes) {
        scratch.reset(HEADER + STACK + bytes);
        scratch.place(HEADER);
        int stack = scratch.reserve(STACK);
        flags = 0;
        put(STACK_END, scratch.address(stack + STACK - 1) + 1).put(STACK_SIZE, STACK);
        scratch.memory().putInt(CGROUP, -1);
    }

    /** Bytes that a list of strings takes at most. */
    public static int sizeOf(List<String> texts) {
        return ScratchMemory.sizeOf(texts);
    }

    /** Bytes that an environment takes at most. */
    public static int sizeOf(Map<String, String> environment) {
        return ScratchMemory.sizeOf(environment);
    }

    public static int sizeOf(String text) {
        return ScratchMemory.sizeOf(text);
    }

    /** Bytes that an array takes at most. */
    public static int sizeOf(int elements, int elementSize) {
        return ScratchMemory.sizeOf(elements, elementSize);
    }

    /**
     * What is executed.
     *
     * @param environment values by name, complete but for the following
     * @param pidVariables names of the variables whose value is the new process's pid
     * @param pidfdVariable name of the one whose value is the number of its pidfd; null for none
     */
    public void program(
            String path,
            List<String> argv,
            Map<String, String> environment,
            Collection<String> pidVariables,
            @Nullable String pidfdVariable) {
        put(PATH, address(scratch.place(path))).put(ARGV, address(scratch.place(argv)));
        int vector = scratch.place(8 * (environment.size() + pidVariables.size() + 2));
        int next = vector;
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            put(next, address(scratch.place(variable.getKey(), variable.getValue())));
            next += 8;
        }
        int texts = scratch.place(8 * pidVariables.size());
        put(ENVP, address(vector)).put(PID_TEXTS, address(texts)).put(PID_TEXTS + 8, pidVariables.size());
        for (String name : pidVariables) {
            int text = scratch.place(name + "=" + "\0".repeat(PID_DIGITS));
            put(next, address(text)).put(texts, address(text) + name.length() + 1);
            next += 8;
            texts += 8;
        }
        if (pidfdVariable != null) {
            int text = scratch.place(pidfdVariable + "=" + "\0".repeat(PIDFD_DIGITS));
            put(next, address(text)).put(PIDFD_TEXT, address(text) + pidfdVariable.length() + 1);
        }
    }

    /**
     * The child's descriptors.
     *
     * @param duplicates dup2 calls in this order; one onto itself only clears close-on-exec
     * @param closeFrom the first number that the child must not have
     */
    public void descriptors(List<Duplicate> duplicates, int closeFrom) {
        int array = scratch.place(8 * duplicates.size());
        put(DUPLICATES, address(array)).put(DUPLICATES + 8, duplicates.size()).put(CLOSE_FROM, closeFrom);
        for (Duplicate duplicate : duplicates) {
            scratch.memory().putInt(array, duplicate.from()).putInt(array + 4, duplicate.to());
            array += 8;
        }
    }

    /**
     * Has the child take over only the descriptors below that number, among them all sources, instead of a copy of the whole table. Those
     * must stay as they are until {@link #isApart}.
     */
    public void takeOnlyBelow(int number) {
        flag(SHARE_FILES).put(TABLE_SIZE, number);
    }

    /** Entered with our credentials, and if those may not, with the child's. */
    public void directory(String path, boolean optional) {
        put(DIRECTORY, address(scratch.place(path)));
        if (optional) {
            flag(OPTIONAL_DIRECTORY);
        }
    }

    /** The cgroup that the child is born into; the descriptor of its directory must stay open until the launch returns. */
    public void cgroup(int fd) {
        scratch.memory().putInt(CGROUP, fd);
    }

    public void umask(int mask) {
        flag(SET_UMASK).put(UMASK, mask);
    }

    public void nice(int niceness) {
        flag(SET_NICE).put(NICE, niceness);
    }

    /**
     * Has the launch return only when the child has left our memory. Then the kernel takes the child for what it is, and not for all who share
     * its memory, which is us: where it sets an OOM score, and where it looks for somebody to end for want of memory in the child's cgroup.
     */
    public void waitForExec() {
        flag(WAIT_FOR_EXEC);
    }

    /** Waits for the exec. */
    public void oomScoreAdjust(int adjustment) {
        waitForExec();
        put(OOM_SCORE_ADJUST, address(scratch.place(Integer.toString(adjustment))));
    }

    /** Soft and hard limit, by the kernel's number of the resource. prlimit(2). */
    public void limits(Map<Integer, long[]> byResource) {
        int array = scratch.place(24 * byResource.size());
        put(LIMITS, address(array)).put(LIMITS + 8, byResource.size());
        for (Map.Entry<Integer, long[]> limit : byResource.entrySet()) {
            put(array, limit.getKey()).put(array + 8, limit.getValue()[0]).put(array + 16, limit.getValue()[1]);
            array += 24;
        }
    }

    /** Real, effective and saved ids alike. */
    public void ids(int uid, int gid) {
        flag(SWITCH_IDS).put(UID, Integer.toUnsignedLong(uid)).put(GID, Integer.toUnsignedLong(gid));
    }

    public void groups(List<Integer> gids) {
        int array = scratch.place(4 * gids.size());
        flag(SET_GROUPS).put(GROUPS, address(array)).put(GROUPS + 8, gids.size());
        for (int gid : gids) {
            scratch.memory().putInt(array, gid);
            array += 4;
        }
    }

    /** The only capabilities that the program can ever have, as bits. */
    public void boundingSet(long capabilities) {
        flag(BOUND).put(BOUNDING, capabilities);
    }

    /** Capabilities, as bits, that it has without being root. */
    public void ambientSet(long capabilities) {
        flag(SET_AMBIENT).put(AMBIENT, capabilities);
    }

    public void noNewPrivileges() {
        flag(NO_NEW_PRIVILEGES);
    }

    /**
     * Dispositions other than the default.
     *
     * @param ignoredHere bits of the signals that this process ignores; the child goes back to the default
     * @param ignoreSigpipe whether SIGPIPE is ignored all the same
     */
    public void signals(long ignoredHere, boolean ignoreSigpipe) {
        put(IGNORED_SIGNALS, ignoredHere);
        if (ignoreSigpipe) {
            flag(IGNORE_SIGPIPE);
        }
    }

    /** Whether the child still shares our memory, and so needs this block. */
    public boolean isInUse() {
        return scratch.memory().getInt(RUNNING) != 0;
    }

    /** Whether the child has taken those of our descriptors that it needs; for a launch that takes over only a part of them. */
    public boolean isApart() {
        return scratch.memory().getInt(APART) != 0 || !isInUse();
    }

    /** The exit code of the stage that failed; 0 where none has (yet). */
    public int failedStage() {
        return scratch.memory().getInt(STAGE);
    }

    /** Why it failed. */
    public int error() {
        return scratch.memory().getInt(ERROR);
    }

    /** Has the process come with a descriptor of its own, {@link #pidfd}. */
    public void wantPidfd() {
        flag(WITH_PIDFD);
    }

    /** The descriptor, close-on-exec, of the process that was made, where one was wanted; the caller's. */
    public int pidfd() {
        return scratch.memory().getInt(PIDFD);
    }

    /** Where the launch code finds it. */
    long address() {
        put(FLAGS, flags);
        return scratch.address(0);
    }

    int capacity() {
        return scratch.memory().size();
    }

    private LaunchBlock flag(int flag) {
        flags |= flag;
        return this;
    }

    private LaunchBlock put(int offset, long value) {
        scratch.memory().putLong(offset, value);
        return this;
    }

    private long address(int offset) {
        return scratch.address(offset);
    }
}
