package dev.activator.handoff;

import java.util.List;

/** How far a launched process has come on its way from the plan to the program. For the loop's thread. */
interface LaunchProgress {

    /** Whether the program itself runs by now; asked only while the process has not exited. */
    boolean hasExecuted(int pid);

    /** Looks at a process that has exited and is not collected yet; what it sees makes sense of the status in {@link #diagnose}. */
    void exiting(int pid);

    /** The status as the kernel gave it, or {@link ExitStatus.NeverExecuted} where the program never ran. */
    ExitStatus diagnose(ExitStatus status);

    /** What the plan asked for and the host does not allow, each a sentence. */
    List<String> deviations();

    /** Whose process it is, as messages name it. */
    String unit();
}
