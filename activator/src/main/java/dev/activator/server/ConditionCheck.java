package dev.activator.server;

import dev.activator.config.ByteSize;
import dev.activator.config.Condition;
import dev.activator.config.Conditions;
import dev.activator.config.Unit;
import dev.activator.control.UnitGlob;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Judges the conditions and assertions of a unit at the moment of its start. systemd.unit(5) "Conditions and Asserts" */
final class ConditionCheck {
    private static final List<String> OPERATORS = List.of("<=", ">=", "!=", "<", ">", "=");
    /** Of a line of mountinfo, counted from 0. proc_pid_mountinfo(5) */
    private static final int MOUNT_POINT = 4;

    private static final int TYPE_OF_FILE = 0170000;
    private static final int SOCKET = 0140000;

    private ConditionCheck() {}

    /** The first that stands in the way; null where none does. Conditions come before assertions. */
    static @Nullable Condition failing(Unit unit) {
        List<Condition> all = Conditions.of(unit);
        if (all.isEmpty()) {
            return null;
        }
        Condition condition =
                failing(all.stream().filter(one -> !one.isAssert()).toList());
        return condition != null
                ? condition
                : failing(all.stream().filter(Condition::isAssert).toList());
    }

    private static @Nullable Condition failing(List<Condition> conditions) {
        Condition trigger = null;
        boolean isTriggered = false;
        for (Condition condition : conditions) {
            boolean holds = isSo(condition.kind(), condition.argument()) != condition.isNegated();
            if (!condition.isTrigger() && !holds) {
                return condition;
            }
            if (condition.isTrigger()) {
                isTriggered |= holds;
                trigger = condition;
            }
        }
        return isTriggered ? null : trigger;
    }

    private static boolean isSo(String kind, String argument) {
        return switch (kind) {
            case "PathExists" -> Files.exists(Path.of(argument));
            case "PathExistsGlob" -> matches(Path.of(argument));
            case "PathIsDirectory" -> Files.isDirectory(Path.of(argument));
            case "PathIsSymbolicLink" -> Files.isSymbolicLink(Path.of(argument));
            case "PathIsMountPoint" -> isMountPoint(Path.of(argument));
            case "PathIsReadWrite" -> Files.isWritable(Path.of(argument));
            case "PathIsSocket" -> isSocket(Path.of(argument));
            case "DirectoryNotEmpty" -> hasEntries(Path.of(argument));
            case "FileNotEmpty" -> isFile(argument, path -> path.toFile().length() > 0);
            case "FileIsExecutable" -> isFile(argument, Files::isExecutable);
            case "Environment" -> hasVariable(argument);
            case "Host" -> isHost(argument);
            case "Architecture" -> isArchitecture(argument);
            case "KernelCommandLine" -> isOnCommandLine(argument);
            case "CPUs" -> compares(argument, Runtime.getRuntime().availableProcessors(), Long::parseLong);
            case "Memory" -> compares(argument, HostFactsReader.memory(), ByteSize::parse);
            case "KernelVersion" -> HostConditions.isKernel(argument);
            case "KernelModuleLoaded" -> HostConditions.hasModule(argument);
            case "CPUFeature" -> HostConditions.hasFeature(argument);
            case "ACPower" -> HostConditions.hasMains(argument);
            case "User" -> HostConditions.isUser(argument);
            case "Group" -> HostConditions.isInGroup(argument);
            case "Capability" -> HostConditions.hasCapability(argument);
            case "ControlGroupController" -> HostConditions.hasController(argument);
            case "OSRelease" -> HostConditions.isSystem(argument);
            default -> true;
        };
    }

    private static boolean matches(Path pattern) {
        try {
            return !FileGlob.matching(pattern).isEmpty();
        } catch (IOException absent) {
            return false;
        }
    }

    private static boolean isMountPoint(Path path) {
        String wanted = path.normalize().toString();
        return HostFactsReader.text("/proc/self/mountinfo").lines().anyMatch(line -> {
            String[] fields = line.split(" ");
            return fields.length > MOUNT_POINT && fields[MOUNT_POINT].equals(wanted);
        });
    }

    private static boolean isSocket(Path path) {
        try {
            int mode = (Integer) Files.getAttribute(path, "unix:mode");
            return (mode & TYPE_OF_FILE) == SOCKET;
        } catch (IOException absent) {
            return false;
        }
    }

    private static boolean hasEntries(Path directory) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            return entries.iterator().hasNext();
        } catch (IOException | DirectoryIteratorException absent) {
            return false;
        }
    }

    private static boolean isFile(String path, Predicate<Path> isSo) {
        Path file = Path.of(path);
        return Files.isRegularFile(file) && isSo.test(file);
    }

    /** Of the super-server's own environment, as for systemd of the manager's. */
    private static boolean hasVariable(String argument) {
        int equals = argument.indexOf('=');
        return equals < 0
                ? System.getenv(argument) != null
                : argument.substring(equals + 1).equals(System.getenv(argument.substring(0, equals)));
    }

    /** A name, with or without its domain, as a pattern, or a machine id. */
    private static boolean isHost(String argument) {
        if (argument.equals(HostFactsReader.line("/etc/machine-id"))) {
            return true;
        }
        String name = HostFactsReader.line("/proc/sys/kernel/hostname");
        return UnitGlob.matches(name, argument) || UnitGlob.matches(name.replaceFirst("\\..*", ""), argument);
    }

    private static boolean isArchitecture(String argument) {
        return argument.equals("native") || argument.equals(HostFactsReader.architecture());
    }

    private static boolean isOnCommandLine(String argument) {
        boolean isWhole = argument.contains("=");
        return Arrays.stream(HostFactsReader.line("/proc/cmdline").split("\\s+"))
                .anyMatch(word -> word.equals(argument) || (!isWhole && word.startsWith(argument + "=")));
    }

    private static boolean compares(String argument, long own, ToLongFunction<String> read) {
        String operator =
                OPERATORS.stream().filter(argument::startsWith).findFirst().orElse("");
        long wanted;
        try {
            wanted = read.applyAsLong(argument.substring(operator.length()).strip());
        } catch (IllegalArgumentException noNumber) {
            return false;
        }
        return switch (operator) {
            case "<" -> own < wanted;
            case "<=" -> own <= wanted;
            case ">" -> own > wanted;
            case "=" -> own == wanted;
            case "!=" -> own != wanted;
            default -> own >= wanted;
        };
    }
}
