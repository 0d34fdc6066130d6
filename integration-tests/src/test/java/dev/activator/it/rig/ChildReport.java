package dev.activator.it.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What {@code report.sh} of the scenario {@code child} found out about its own process. */
public final class ChildReport {

    private static final Pattern LINK = Pattern.compile(" (\\d+) -> (.+)$", Pattern.MULTILINE);

    private final Path prefix;

    private ChildReport(Path prefix) {
        this.prefix = prefix;
    }

    /** The report that is written to {@code PREFIX.*}; returns when it is complete. */
    public static ChildReport await(Path prefix) {
        ChildReport report = new ChildReport(prefix);
        Eventually.eventually(prefix + ".status is there", () -> Files.exists(report.file("status")));
        return report;
    }

    /** A line of {@code /proc/PID/status}. */
    public String status(String field) {
        return text("status")
                .lines()
                .filter(line -> line.startsWith(field + ":"))
                .map(line -> line.substring(field.length() + 1).strip().replace('\t', ' '))
                .findFirst()
                .orElse("");
    }

    /** Soft and hard limit, {@code 300 400}. */
    public String limit(String name) {
        return text("limits")
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.substring(name.length()).strip().split(" +"))
                .map(words -> words[0] + " " + words[1])
                .findFirst()
                .orElse("");
    }

    /** Number and target of each open descriptor, but for the one through which the shell reads the script. */
    public Map<Integer, String> fds() {
        Map<Integer, String> fds = fds(text("fds"));
        fds.values().removeIf(target -> target.endsWith("/report.sh"));
        return fds;
    }

    /** The same from the text that {@code ls -l /proc/PID/fd} printed. */
    public static Map<Integer, String> fds(String listing) {
        Map<Integer, String> fds = new TreeMap<>();
        Matcher link = LINK.matcher(listing);
        while (link.find()) {
            fds.put(Integer.valueOf(link.group(1)), link.group(2));
        }
        return fds;
    }

    /** The environment that it was started with. */
    public Map<String, String> environment() {
        return environment(text("env"));
    }

    /** The same from lines {@code NAME=value}. */
    public static Map<String, String> environment(String lines) {
        return lines.lines()
                .filter(line -> line.matches("\\w+=.*"))
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (a, b) -> b, TreeMap::new));
    }

    /** The nice value, field 19 of {@code /proc/PID/stat}. */
    public int nice() {
        String stat = text("stat");
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Integer.parseInt(fields[16]);
    }

    /** The only line of a one-line report: {@code cwd}, {@code oom}. */
    public String line(String name) {
        return text(name).strip();
    }

    private String text(String name) {
        try {
            return Files.readString(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(String name) {
        return prefix.resolveSibling(prefix.getFileName() + "." + name);
    }
}
