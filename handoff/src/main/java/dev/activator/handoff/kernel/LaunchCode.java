package dev.activator.handoff.kernel;

import dev.activator.listener.kernel.LibC;
import dev.activator.listener.kernel.NativeFunction;
import dev.activator.listener.kernel.NativeMemory;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.Reference;
import java.util.Optional;

/**
 * The launch code, {@code launch.c}: makes a process from a {@link LaunchBlock} by clone3(2). It is a shared object of some
 * kilobytes without the C library, packed beside this class where the build found a compiler, and loaded from memory.
 */
public final class LaunchCode {
    private static final long SYS_CLONE3 = 435;
    private static final int MFD_CLOEXEC = 1;
    private static final int EINVAL = 22;

    private final NativeFunction launch;
    private final NativeFunction awaitApart;
    private final NativeFunction countExits;

    private LaunchCode(NativeFunction launch, NativeFunction awaitApart, NativeFunction countExits) {
        this.launch = launch;
        this.awaitApart = awaitApart;
        this.countExits = countExits;
    }

    /** Empty where it was not built for this machine, or the kernel (before 5.7, or a sandbox's filter) refuses what it needs. */
    public static Optional<LaunchCode> load() {
        return Loaded.CODE;
    }

    private static Optional<LaunchCode> loadPacked() {
        try (InputStream packed =
                LaunchCode.class.getResourceAsStream("launch-" + System.getProperty("os.arch") + ".so")) {
            if (packed == null || !kernelHasClone3()) {
                return Optional.empty();
            }
            return load(packed.readAllBytes());
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<LaunchCode> load(byte[] object) {
        int fd = openMemoryFile(NativeMemory.ofString("launch"));
        if (fd < 0) {
            return Optional.empty();
        }
        try {
            NativeMemory bytes = NativeMemory.ofBytes(object);
            if (LibC.write(fd, bytes, object.length) != object.length) {
                return Optional.empty();
            }
            return load("/proc/self/fd/" + fd);
        } finally {
            LibC.close(fd);
        }
    }

    private static int openMemoryFile(NativeMemory name) {
        try {
            return (int) NativeFunction.find("memfd_create").call(name.address(), MFD_CLOEXEC);
        } finally {
            Reference.reachabilityFence(name);
        }
    }

    private static Optional<LaunchCode> load(String file) {
        Optional<NativeFunction> launch = NativeFunction.load(file, "activator_launch");
        Optional<NativeFunction> awaitApart = NativeFunction.load(file, "activator_await_apart");
        Optional<NativeFunction> countExits = NativeFunction.load(file, "activator_count_exits");
        return launch.isPresent() && awaitApart.isPresent() && countExits.isPresent()
                ? Optional.of(new LaunchCode(launch.get(), awaitApart.get(), countExits.get()))
                : Optional.empty();
    }

    /** Loaded once, for good. */
    private static final class Loaded {
        static final Optional<LaunchCode> CODE = loadPacked();
    }

    /** Where clone3 is known, arguments of no size are what it complains of. */
    private static boolean kernelHasClone3() {
        return LibC.syscall(SYS_CLONE3, 0, 0, 0, 0, 0, 0) == -1 && LibC.errno() == EINVAL;
    }

    /** Has the eventfd become readable at each exit of a child, instead of what the JVM would do about SIGCHLD; -1 ends it. */
    public void countExits(int eventfd) {
        countExits.call(eventfd);
    }

    /**
     * Starts the process. Whether it gets as far as its program is in the block later.
     *
     * @return its pid, or the negated errno
     */
    public int launch(LaunchBlock block) {
        try {
            return (int) launch.call(block.address());
        } finally {
            Reference.reachabilityFence(block);
        }
    }

    /**
     * Waits until the process of a launch that takes over only a part of our descriptors has taken them, which is a moment after its start.
     *
     * @return whether it has; else, after a second, somebody holds it still, and it must be killed before the descriptors change
     */
    public boolean awaitApart(LaunchBlock block) {
        try {
            return block.isApart() || awaitApart.call(block.address()) != 0;
        } finally {
            Reference.reachabilityFence(block);
        }
    }
}
