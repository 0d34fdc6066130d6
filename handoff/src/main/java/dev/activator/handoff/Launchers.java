package dev.activator.handoff;

import dev.activator.handoff.kernel.LaunchCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How launch plans are carried out on this host.
 *
 * @param launcher to be closed when the last launch is over
 * @param drawback why launches go through several system programs each, a clause; empty where they do not
 */
public record Launchers(Launcher launcher, String drawback) {
    private static final Path SUID_DUMPABLE = Path.of("/proc/sys/fs/suid_dumpable");

    /**
     * The launch code where it was built and the kernel lets it work, else the chain of system programs. To be called before many
     * descriptors are open.
     *
     * @param wantsChain whether the operator asks for the chain
     */
    public static Launchers choose(Children children, boolean wantsChain) {
        Inherited inherited = Inherited.ofThisProcess();
        String drawback = "";
        if (wantsChain) {
            drawback = "as asked for";
        } else if (isMemoryOpenToUsers()) {
            drawback = "since fs.suid_dumpable=1 lets users look into a process that is just becoming theirs";
        } else {
            Optional<LaunchCode> code = LaunchCode.load();
            if (code.isPresent()) {
                return new Launchers(new CloneLauncher(children, code.get(), inherited), "");
            }
            drawback = "since the launch code was not built for this machine or the kernel refuses clone3";
        }
        return new Launchers(new ChainLauncher(children, HostTools.find(), inherited), drawback);
    }

    /** A debugging setting under which a user may look into a process that has just switched to that user. proc_sys_fs(5) */
    private static boolean isMemoryOpenToUsers() {
        try {
            return Files.readString(SUID_DUMPABLE).trim().equals("1");
        } catch (IOException absent) {
            return false;
        }
    }
}
