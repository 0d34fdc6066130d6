package dev.activator.handoff;

import dev.activator.listener.Errno;

/**
 * A step on the way from a launch plan to the running program, named when it fails. The codes are those that systemd gives a
 * child that failed there; systemd.exec(5) "Process Exit Codes".
 */
public enum LaunchStage {
    /** The child could not be made at all: no memory, no process or descriptor left. It has no code, there was no child. */
    SPAWN(0, "starting a process"),
    CHDIR(200, "changing directory to"),
    NICE(201, "setting the niceness to"),
    FDS(202, "passing the file descriptors"),
    EXEC(203, "executing"),
    LIMITS(205, "setting the resource limits"),
    OOM_ADJUST(206, "setting the OOM score adjustment to"),
    SIGNALS(207, "resetting the signals"),
    IO_SCHEDULING(211, "setting the I/O scheduling"),
    CPU_SCHEDULING(214, "setting the CPU scheduling"),
    CPU_AFFINITY(215, "setting the CPU affinity"),
    GROUP(216, "setting the groups to"),
    USER(217, "switching to user"),
    CAPABILITIES(218, "setting the capabilities"),
    CGROUP(219, "joining cgroup"),
    SESSION(220, "starting a session"),
    NAMESPACE(226, "setting up what it sees of the host"),
    NO_NEW_PRIVILEGES(227, "setting NoNewPrivileges");

    private final int code;
    private final String phrase;

    LaunchStage(int code, String phrase) {
        this.code = code;
        this.phrase = phrase;
    }

    /** The exit code that systemd uses for a failure here; 0 for {@link #SPAWN}. */
    public int code() {
        return code;
    }

    /**
     * The stage of that code.
     *
     * @throws IllegalArgumentException where no stage has it
     */
    static LaunchStage ofCode(int code) {
        for (LaunchStage stage : values()) {
            if (stage.code == code) {
                return stage;
            }
        }
        throw new IllegalArgumentException("no launch stage has code " + code);
    }

    /** What was being done, with the plan's own object: {@code changing directory to '/srv/x'}. */
    public String describe(LaunchPlan plan) {
        String object = switch (this) {
            case CHDIR -> "'" + plan.context().workingDirectory() + "'";
            case EXEC -> "'" + plan.executable() + "'";
            case NICE -> String.valueOf(plan.context().nice());
            case OOM_ADJUST -> String.valueOf(plan.context().oomScoreAdjust());
            case CGROUP -> "'" + plan.cgroup() + "'";
            case USER ->
                plan.context().credentials() == null
                        ? ""
                        : plan.context().credentials().uidText();
            case GROUP ->
                plan.context().credentials() == null
                        ? ""
                        : groups(plan.context().credentials());
            case LIMITS -> plan.context().limits().toString();
            case IO_SCHEDULING, CPU_SCHEDULING, CPU_AFFINITY, NAMESPACE -> needs(plan);
            case SPAWN, FDS, SIGNALS, SESSION, CAPABILITIES, NO_NEW_PRIVILEGES -> "";
        };
        return object.isEmpty() ? phrase : phrase + " " + object;
    }

    /** The same with the reason, and what the reason means where that is not plain. */
    String describe(LaunchPlan plan, Errno errno) {
        // That the file itself is missing is found out before the launch.
        String hint = this == EXEC && errno.equals(Errno.ENOENT)
                ? ", the file is there, so its interpreter or loader is not"
                : "";
        return describe(plan) + ": " + errno + hint;
    }

    private String needs(LaunchPlan plan) {
        return plan.context().steps().stream()
                .filter(step -> step.kind().stage() == this)
                .findFirst()
                .map(step -> "(" + step.need() + ")")
                .orElse("");
    }

    private static String groups(Credentials credentials) {
        return credentials.gidText() + " " + credentials.groups();
    }
}
