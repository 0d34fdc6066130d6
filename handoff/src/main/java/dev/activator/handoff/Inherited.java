package dev.activator.handoff;

import dev.activator.config.LimitName;
import dev.activator.config.ResourceLimit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a child would get from the super-server without doing anything: the difference to a launch plan is the exec chain's work.
 * Read once; the super-server changes none of it while it runs.
 *
 * @param capabilities the effective set as bits. capabilities(7)
 * @param openFilesCeiling the highest number that a limit of open files can have. /proc/sys/fs/nr_open
 */
record Inherited(
        Credentials credentials,
        long capabilities,
        boolean noNewPrivileges,
        int umask,
        int nice,
        int oomScoreAdjust,
        Map<LimitName, ResourceLimit> limits,
        long openFilesCeiling) {
    private static final int CAP_SETGID = 6;
    private static final int CAP_SETUID = 7;
    private static final int CAP_SETPCAP = 8;
    private static final int CAP_SYS_ADMIN = 21;
    private static final int CAP_SYS_NICE = 23;
    private static final int CAP_SYS_RESOURCE = 24;
    /** Field 19 of proc_pid_stat(5), counted from 1 behind the command's closing bracket, which is field 2. */
    private static final int NICE_AFTER_COMMAND = 19 - 3;

    private static final Map<String, LimitName> LIMIT_TITLES = Map.ofEntries(
            Map.entry("Max cpu time", LimitName.CPU),
            Map.entry("Max file size", LimitName.FSIZE),
            Map.entry("Max data size", LimitName.DATA),
            Map.entry("Max stack size", LimitName.STACK),
            Map.entry("Max core file size", LimitName.CORE),
            Map.entry("Max resident set", LimitName.RSS),
            Map.entry("Max processes", LimitName.NPROC),
            Map.entry("Max open files", LimitName.NOFILE),
            Map.entry("Max locked memory", LimitName.MEMLOCK),
            Map.entry("Max address space", LimitName.AS),
            Map.entry("Max file locks", LimitName.LOCKS),
            Map.entry("Max pending signals", LimitName.SIGPENDING),
            Map.entry("Max msgqueue size", LimitName.MSGQUEUE),
            Map.entry("Max nice priority", LimitName.NICE),
            Map.entry("Max realtime priority", LimitName.RTPRIO),
            Map.entry("Max realtime timeout", LimitName.RTTIME));

    Inherited {
        limits = Map.copyOf(limits);
    }

    /** Of this very process, from /proc. */
    static Inherited ofThisProcess() {
        Path self = Path.of("/proc/self");
        try {
            Map<String, String> status = new HashMap<>();
            for (String line : Files.readAllLines(self.resolve("status"))) {
                int colon = line.indexOf(':');
                status.put(line.substring(0, colon), line.substring(colon + 1).trim());
            }
            String stat = Files.readString(self.resolve("stat"));
            String[] afterCommand =
                    stat.substring(stat.lastIndexOf(')') + 2).trim().split(" ", -1);
            return new Inherited(
                    new Credentials(
                            effective(status.get("Uid")), effective(status.get("Gid")), numbers(status.get("Groups"))),
                    Long.parseUnsignedLong(field(status, "CapEff"), 16),
                    "1".equals(status.get("NoNewPrivs")),
                    Integer.parseInt(field(status, "Umask"), 8),
                    Integer.parseInt(afterCommand[NICE_AFTER_COMMAND]),
                    Integer.parseInt(
                            Files.readString(self.resolve("oom_score_adj")).trim()),
                    readLimits(Files.readAllLines(self.resolve("limits"))),
                    openFilesCeilingOfHost());
        } catch (IOException e) {
            throw new UncheckedIOException("reading /proc/self", e);
        }
    }

    /** A file of /proc/sys gives all it has to the first read only, so a read that begins with one byte gets one digit. */
    private static long openFilesCeilingOfHost() throws IOException {
        return Long.parseLong(
                Files.readAllLines(Path.of("/proc/sys/fs/nr_open")).get(0));
    }

    boolean maySetUser() {
        return has(CAP_SETUID);
    }

    boolean maySetGroups() {
        return has(CAP_SETGID);
    }

    boolean maySetBoundingSet() {
        return has(CAP_SETPCAP);
    }

    /** Namespaces and mounts. */
    boolean maySetUpNamespaces() {
        return has(CAP_SYS_ADMIN);
    }

    /** Whether the niceness may be lowered to that value; RLIMIT_NICE counts from 20 downwards. setrlimit(2) */
    boolean mayLowerNiceTo(int wanted) {
        ResourceLimit ceiling = limits.get(LimitName.NICE);
        return has(CAP_SYS_NICE) || (ceiling != null && Long.compareUnsigned(ceiling.soft(), 20L - wanted) >= 0);
    }

    /** Whether limits may be raised above the hard ones, and the OOM score be lowered. */
    boolean mayTakeMoreResources() {
        return has(CAP_SYS_RESOURCE);
    }

    private boolean has(int capability) {
        return (capabilities >>> capability & 1) != 0;
    }

    private static Map<LimitName, ResourceLimit> readLimits(List<String> lines) {
        Map<LimitName, ResourceLimit> limits = new EnumMap<>(LimitName.class);
        for (String line : lines) {
            for (Map.Entry<String, LimitName> title : LIMIT_TITLES.entrySet()) {
                if (line.startsWith(title.getKey() + " ")) {
                    String[] values =
                            line.substring(title.getKey().length()).trim().split(" +", -1);
                    limits.put(title.getValue(), new ResourceLimit(limit(values[0]), limit(values[1])));
                }
            }
        }
        return limits;
    }

    private static long limit(String text) {
        return text.equals("unlimited") ? ResourceLimit.INFINITY : Long.parseUnsignedLong(text);
    }

    private static String field(Map<String, String> status, String name) throws IOException {
        String value = status.get(name);
        if (value == null) {
            throw new IOException("no " + name + " in /proc/self/status");
        }
        return value;
    }

    /** The second of real, effective, saved and file system id. */
    private static int effective(@Nullable String ids) throws IOException {
        if (ids == null) {
            throw new IOException("no ids in /proc/self/status");
        }
        return Integer.parseUnsignedInt(ids.split("\\s+", -1)[1]);
    }

    private static List<Integer> numbers(@Nullable String ids) {
        List<Integer> numbers = new ArrayList<>();
        for (String id : ids == null ? new String[0] : ids.trim().split("\\s+", -1)) {
            if (!id.isEmpty()) {
                numbers.add(Integer.parseUnsignedInt(id));
            }
        }
        return numbers;
    }
}
