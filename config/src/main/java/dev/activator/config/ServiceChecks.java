package dev.activator.config;

import java.util.List;

/** What the settings of a service unit must satisfy together. systemd refuses the same units when it loads them. */
final class ServiceChecks {
    private ServiceChecks() {}

    static void check(Settings settings, Findings findings) {
        checkCommands(settings, findings);
        ServiceType type = settings.get(ServiceDirectives.TYPE);
        RestartPolicy restart = settings.get(ServiceDirectives.RESTART);
        if (type == ServiceType.ONESHOT && (restart == RestartPolicy.ALWAYS || restart == RestartPolicy.ON_SUCCESS)) {
            findings.error(ServiceDirectives.RESTART, "Restart=" + restart.word() + " cannot be set with Type=oneshot");
        }
        if (type == ServiceType.ONESHOT && settings.isSet(ServiceDirectives.RUNTIME_MAX)) {
            findings.warning(ServiceDirectives.RUNTIME_MAX, "RuntimeMaxSec= has no effect with Type=oneshot, ignoring");
        }
        if (type == ServiceType.DBUS && !settings.isSet(ServiceDirectivesNotApplied.busName())) {
            findings.error(ServiceDirectives.TYPE, "Type=dbus needs BusName=");
        } else if (type == ServiceType.DBUS) {
            findings.warning(
                    ServiceDirectives.TYPE, "Type=dbus is treated as Type=simple: there is no D-Bus to wait for");
        }
        if (type == ServiceType.IDLE) {
            findings.warning(
                    ServiceDirectives.TYPE,
                    "Type=idle is treated as Type=simple: there is no queue of jobs to wait for");
        }
        checkStreams(settings, findings);
        SleepChecks.checkService(settings, findings);
    }

    private static void checkCommands(Settings settings, Findings findings) {
        List<CommandLine> start = settings.get(ServiceDirectives.EXEC_START);
        ServiceType type = settings.get(ServiceDirectives.TYPE);
        if (start.isEmpty() && settings.get(ServiceDirectives.EXEC_STOP).isEmpty()) {
            findings.error(ServiceDirectives.EXEC_START, "no program to run; set ExecStart=");
        } else if (start.isEmpty() && type != ServiceType.ONESHOT) {
            findings.error(ServiceDirectives.EXEC_START, "no ExecStart=, which only Type=oneshot may leave out");
        } else if (start.isEmpty() && !settings.get(ServiceDirectives.REMAIN_AFTER_EXIT)) {
            findings.error(ServiceDirectives.EXEC_START, "no ExecStart=, which needs RemainAfterExit=yes");
        } else if (start.size() > 1 && type != ServiceType.ONESHOT) {
            findings.error(
                    ServiceDirectives.EXEC_START,
                    "more than one ExecStart=, which only Type=oneshot may have; an empty ExecStart= "
                            + "takes earlier ones back");
        }
    }

    private static void checkStreams(Settings settings, Findings findings) {
        StandardInput input = settings.get(ExecDirectives.STANDARD_INPUT);
        if (input instanceof StandardInput.Tty) {
            findings.warning(
                    ExecDirectives.STANDARD_INPUT,
                    "StandardInput=" + input + " is treated as null: a service has no terminal");
        }
        checkOutput(ExecDirectives.STANDARD_OUTPUT, settings, findings);
        checkOutput(ExecDirectives.STANDARD_ERROR, settings, findings);
    }

    private static void checkOutput(Directive<StandardOutput> stream, Settings settings, Findings findings) {
        StandardOutput output = settings.get(stream);
        if (output instanceof StandardOutput.Tty || output instanceof StandardOutput.JournalAnd) {
            findings.warning(
                    stream, stream + " '" + output + "' is treated as journal: only the unit's log is written");
        }
    }
}
