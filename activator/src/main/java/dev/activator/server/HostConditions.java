package dev.activator.server;

import dev.activator.config.Capabilities;
import dev.activator.control.UnitGlob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether what a condition says of the host or of the super-server's own account is so. systemd.unit(5). */
final class HostConditions {
    private static final List<String> OPERATORS = List.of("<=", ">=", "!=", "==", "<", ">", "=");
    private static final int FIRST_ORDINARY_USER = 1000;
    private static final int HEX = 16;

    private HostConditions() {}

    /** A user's name or number, or @system: what we run as. */
    static boolean isUser(String argument) {
        String uid = status("Uid:").split("\\s+", 2)[0];
        if (argument.equals("@system")) {
            return Long.parseLong(uid) < FIRST_ORDINARY_USER;
        }
        return argument.equals(uid) || argument.equals(System.getProperty("user.name"));
    }

    /** A group's name or number: one that we are in. */
    static boolean isInGroup(String argument) {
        Set<String> own = Stream.concat(
                        Stream.of(status("Gid:").split("\\s+", 2)[0]),
                        Arrays.stream(status("Groups:").split("\\s+")))
                .collect(Collectors.toSet());
        boolean isNumber = argument.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber
                ? own.contains(argument)
                : HostFactsReader.text("/etc/group")
                        .lines()
                        .map(line -> line.split(":", -1))
                        .anyMatch(fields -> fields.length > 2 && fields[0].equals(argument) && own.contains(fields[2]));
    }

    /** Several are separated by blanks, and all must hold: an operator and a version, or a pattern. */
    static boolean isKernel(String argument) {
        String release = HostFactsReader.line("/proc/sys/kernel/osrelease");
        return Arrays.stream(joined(argument).split("\\s+")).allMatch(each -> {
            String operator =
                    OPERATORS.stream().filter(each::startsWith).findFirst().orElse("");
            String wanted = each.substring(operator.length());
            return operator.isEmpty() ? UnitGlob.matches(release, wanted) : holds(release, operator, wanted);
        });
    }

    /** Assignments of os-release(5), {@code ID=debian VERSION_ID>=12}; all must hold. */
    static boolean isSystem(String argument) {
        String file = HostFactsReader.text("/etc/os-release");
        String release = file.isEmpty() ? HostFactsReader.text("/usr/lib/os-release") : file;
        return Arrays.stream(argument.split("\\s+")).allMatch(each -> {
            String name = each.replaceFirst("[<>=!].*", "");
            String rest = each.substring(name.length());
            String operator =
                    OPERATORS.stream().filter(rest::startsWith).findFirst().orElse("");
            String wanted = rest.substring(operator.length()).replace("\"", "");
            String own = release.lines()
                    .filter(line -> line.startsWith(name + "="))
                    .map(line -> line.substring(name.length() + 1).replace("\"", ""))
                    .findFirst()
                    .orElse("");
            return switch (operator) {
                case "" -> false;
                // A plain comparison, of text and not of versions.
                case "=", "==" -> own.equals(wanted);
                case "!=" -> !own.equals(wanted);
                default -> holds(own, operator, wanted);
            };
        });
    }

    /** v1, v2, or controllers of version 2 that must all be there. */
    static boolean hasController(String argument) {
        Path plain = Path.of("/sys/fs/cgroup/cgroup.controllers");
        if (argument.equals("v2")) {
            return Files.exists(plain);
        }
        if (argument.equals("v1")) {
            return !Files.exists(plain);
        }
        List<String> own = Files.exists(plain)
                ? List.of(HostFactsReader.line(plain.toString()).split(" ", -1))
                : HostFactsReader.text("/proc/cgroups")
                        .lines()
                        .map(line -> line.split("\\s+", 2)[0])
                        .toList();
        return Arrays.stream(argument.split("\\s+")).allMatch(own::contains);
    }

    /** In the bounding set that we, and so all services, have. */
    static boolean hasCapability(String argument) {
        int number =
                Capabilities.NAMES.indexOf(argument.toLowerCase(Locale.ROOT).replaceFirst("^cap_", ""));
        long bounding = Long.parseUnsignedLong(status("CapBnd:"), HEX);
        return number >= 0 && (bounding >>> number & 1) != 0;
    }

    /** Loaded or built in. */
    static boolean hasModule(String argument) {
        return Files.isDirectory(
                Path.of("/sys/module", argument.replace('-', '_').replace("/", "")));
    }

    /** As /proc/cpuinfo has it, {@code avx2}. */
    static boolean hasFeature(String argument) {
        String wanted = argument.toLowerCase(Locale.ROOT);
        return HostFactsReader.text("/proc/cpuinfo")
                .lines()
                .filter(line -> line.startsWith("flags") || line.startsWith("Features"))
                .anyMatch(line -> List.of(line.split("\\s+")).contains(wanted));
    }

    /** On mains, or without any power supply that could tell. */
    static boolean hasMains(String argument) {
        boolean wanted = Set.of("1", "yes", "true", "on", "y", "t").contains(argument.toLowerCase(Locale.ROOT));
        boolean isOnline = false;
        boolean isKnown = false;
        try (Stream<Path> supplies = Files.list(Path.of("/sys/class/power_supply"))) {
            for (Path each : supplies.toList()) {
                if (HostFactsReader.line(each + "/type").equals("Mains")) {
                    isKnown = true;
                    isOnline |= HostFactsReader.line(each + "/online").equals("1");
                }
            }
        } catch (IOException none) {
            isKnown = false;
        }
        return wanted == (!isKnown || isOnline);
    }

    /** The text without the blanks behind operators, so that blanks separate comparisons only. */
    private static String joined(String argument) {
        return argument.replaceAll("([<>=!]+)\\s+", "$1").strip();
    }

    private static boolean holds(String own, String operator, String wanted) {
        int order = compareVersions(own, wanted);
        return switch (operator) {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            case ">=" -> order >= 0;
            case "!=" -> order != 0;
            default -> order == 0;
        };
    }

    /** Numbers by their value, what is between them by its letters: 6.10 is later than 6.9. strverscmp(3) */
    static int compareVersions(String one, String other) {
        String[] ones = one.split("(?<=\\D)(?=\\d)|(?<=\\d)(?=\\D)", -1);
        String[] others = other.split("(?<=\\D)(?=\\d)|(?<=\\d)(?=\\D)", -1);
        for (int i = 0; i < Math.min(ones.length, others.length); i++) {
            boolean areNumbers = isNumber(ones[i]) && isNumber(others[i]);
            int order = areNumbers
                    ? Long.compare(Long.parseLong(ones[i]), Long.parseLong(others[i]))
                    : ones[i].compareTo(others[i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(ones.length, others.length);
    }

    private static boolean isNumber(String text) {
        return text.matches("[0-9]{1,18}");
    }

    private static String status(String field) {
        return HostFactsReader.text("/proc/self/status")
                .lines()
                .filter(line -> line.startsWith(field))
                .map(line -> line.substring(field.length()).strip())
                .findFirst()
                .orElse("0");
    }
}
