package dev.activator.it.rig;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What {@code proc(5)} tells of a process. A process that ended meanwhile has nothing. */
public final class ProcFs {

    private static final Path PROC = Path.of("/proc");

    private ProcFs() {}

    /** Whether the tests run as root. */
    public static boolean isRoot() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException e) {
            return false;
        }
    }

    /** The kernel's upper limit of any backlog, net.core.somaxconn. */
    public static int somaxconn() {
        // In one read of many bytes: such a file has nothing more after the first, however short.
        try (BufferedReader reader = Files.newBufferedReader(PROC.resolve("sys/net/core/somaxconn"))) {
            return Integer.parseInt(reader.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Open file descriptors with what they point to, as the kernel names it ({@code socket:[123]}). */
    public static Map<Integer, String> fds(long pid) {
        Map<Integer, String> fds = new TreeMap<>();
        for (Path fd : list(PROC.resolve(Long.toString(pid)).resolve("fd"))) {
            target(fd)
                    .ifPresent(
                            target -> fds.put(Integer.valueOf(fd.getFileName().toString()), target));
        }
        return fds;
    }

    private static Optional<String> target(Path link) {
        try {
            return Optional.of(Files.readSymbolicLink(link).toString());
        } catch (IOException closed) {
            return Optional.empty();
        }
    }

    /** The files that the process has mapped into its memory, executable or not. */
    public static Set<String> mappedFiles(long pid) {
        try (Stream<String> mappings =
                Files.lines(PROC.resolve(Long.toString(pid)).resolve("maps"))) {
            return mappings.filter(line -> line.indexOf('/') >= 0)
                    .map(line -> line.substring(line.indexOf('/')))
                    .collect(Collectors.toSet());
        } catch (IOException | UncheckedIOException ended) {
            return Set.of();
        }
    }

    /** How many sockets the process has open. */
    public static long sockets(long pid) {
        return fds(pid).values().stream()
                .filter(target -> target.startsWith("socket:"))
                .count();
    }

    /** Children that ended and were not waited for. */
    public static List<Long> zombies(long parent) {
        return list(PROC).stream()
                .map(entry -> entry.getFileName().toString())
                .filter(name -> Character.isDigit(name.charAt(0)))
                .map(Long::valueOf)
                .filter(pid -> isZombie(pid, parent))
                .toList();
    }

    private static boolean isZombie(long pid, long parent) {
        String stat = read(pid, "stat");
        int end = stat.lastIndexOf(')');
        if (end < 0) {
            return false;
        }
        String[] fields = stat.substring(end + 2).split(" ", 3);
        return fields[0].equals("Z") && fields[1].equals(Long.toString(parent));
    }

    /** The value of one line of {@code /proc/PID/status}, such as {@code VmRSS}; empty when there is none. */
    public static String status(long pid, String field) {
        return read(pid, "status")
                .lines()
                .filter(line -> line.startsWith(field + ":"))
                .map(line -> line.substring(field.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    /** Processes whose command line has {@code text} in it. */
    public static List<String> commandLinesWith(String text) {
        return ProcessHandle.allProcesses()
                .map(handle -> handle.pid() + " " + commandLine(handle))
                .filter(line -> line.contains(text))
                .toList();
    }

    /** Sends SIGKILL to the processes whose command line has both texts in it. */
    public static void end(String program, String argument) {
        ProcessHandle.allProcesses()
                .filter(handle -> commandLine(handle).contains(program))
                .filter(handle -> commandLine(handle).contains(argument))
                .forEach(ProcessHandle::destroyForcibly);
    }

    private static String commandLine(ProcessHandle handle) {
        return read(handle.pid(), "cmdline").replace('\0', ' ');
    }

    private static String read(long pid, String file) {
        try {
            return Files.readString(PROC.resolve(Long.toString(pid)).resolve(file));
        } catch (IOException gone) {
            return "";
        }
    }

    private static List<Path> list(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.toList();
        } catch (IOException gone) {
            return List.of();
        }
    }
}
