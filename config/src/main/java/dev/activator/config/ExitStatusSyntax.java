package dev.activator.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Exit codes by number or name, and signals by name. systemd.service(5) SuccessExitStatus=, systemd.exec(5) "Process exit codes". */
record ExitStatusSyntax() implements ValueSyntax<ExitStatuses> {
    private static final Map<String, Integer> CODES = new HashMap<>();

    static {
        number(0, "SUCCESS FAILURE INVALIDARGUMENT NOTIMPLEMENTED NOPERMISSION NOTINSTALLED NOTCONFIGURED NOTRUNNING");
        number(
                64,
                "USAGE DATAERR NOINPUT NOUSER NOHOST UNAVAILABLE SOFTWARE OSERR OSFILE CANTCREAT IOERR TEMPFAIL PROTOCOL NOPERM"
                        + " CONFIG");
        number(
                200,
                "CHDIR NICE FDS EXEC MEMORY LIMITS OOM_ADJUST SIGNAL_MASK STDIN STDOUT CHROOT IOPRIO TIMERSLACK SECUREBITS"
                        + " SETSCHEDULER CPUAFFINITY GROUP USER CAPABILITIES CGROUP SETSID CONFIRM STDERR");
        number(
                224,
                "PAM NETWORK NAMESPACE NO_NEW_PRIVILEGES SECCOMP SELINUX_CONTEXT PERSONALITY APPARMOR ADDRESS_FAMILIES"
                        + " RUNTIME_DIRECTORY");
        number(
                235,
                "CHOWN SMACK_PROCESS_LABEL KEYRING STATE_DIRECTORY CACHE_DIRECTORY LOGS_DIRECTORY CONFIGURATION_DIRECTORY"
                        + " NUMA_POLICY CREDENTIALS BPF KSM MEMORY_THP");
        number(255, "EXCEPTION");
    }

    private static void number(int from, String names) {
        int code = from;
        for (String name : names.split(" ", -1)) {
            CODES.put(name, code++);
        }
    }

    @Override
    public String grammar() {
        return "exit codes and signals";
    }

    @Override
    public boolean isList() {
        return true;
    }

    @Override
    public ExitStatuses parse(@Nullable ExitStatuses soFar, String text, ValueScope scope) throws BadValue {
        SortedSet<Integer> codes = new TreeSet<>();
        SortedSet<Signal> signals = new TreeSet<>();
        Words words = new Words(text, Words.Manner.PLAIN);
        for (String word = words.next(); word != null; word = words.next()) {
            Integer code = code(word);
            Signal signal = code == null && !word.matches("[0-9]+") ? Signal.parse(word) : null;
            if (code != null) {
                codes.add(code);
            } else if (signal != null) {
                signals.add(signal);
            } else {
                scope.note(
                        words.start(),
                        "'" + Quoted.shorten(word)
                                + "': expected an exit code 0..255, its name or a signal, ignoring this word");
            }
        }
        ExitStatuses more = new ExitStatuses(codes, signals);
        return soFar == null ? more : soFar.plus(more);
    }

    /** The code of a name or number; null where it is neither. */
    private static @Nullable Integer code(String word) {
        if (CODES.containsKey(word)) {
            return CODES.get(word);
        }
        try {
            return (int) Numbers.parse(word, 0, 255);
        } catch (BadValue e) {
            return null;
        }
    }

    @Override
    public List<String> assignments(ExitStatuses value) {
        return value.equals(ExitStatuses.NONE) ? List.of() : List.of(value.toString());
    }
}
