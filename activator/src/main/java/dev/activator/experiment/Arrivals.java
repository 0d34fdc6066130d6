package dev.activator.experiment;

import dev.activator.cli.ExitStatus;
import dev.activator.cli.Failure;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * When clients come, and to which sockets: the same in both runs.
 *
 * @param how in words, for the report
 * @param duration how long clients may come
 * @param each by time
 */
record Arrivals(String how, Duration duration, List<Arrival> each) {
    private static final Duration USUAL = Duration.ofMinutes(1);
    private static final int MOST = 1_000_000;
    private static final double NANOS = 1e9;
    private static final Pattern POISSON = Pattern.compile("poisson:(\\d+(?:\\.\\d+)?)/(s|min|h)");
    private static final Pattern TRACE_LINE = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s+(\\S+)");

    Arrivals {
        each = List.copyOf(each);
    }

    /** @param wanted null for the usual time, or the trace's */
    static Arrivals parse(String text, @Nullable Duration wanted, long seed, List<Subject> subjects) {
        if (text.startsWith("trace:")) {
            return trace(Path.of(text.substring("trace:".length())), wanted, subjects);
        }
        Matcher rate = POISSON.matcher(text);
        if (!rate.matches() || Double.parseDouble(rate.group(1)) == 0) {
            throw new Failure(
                    ExitStatus.USAGE,
                    "--arrivals '" + text
                            + "' is neither poisson:RATE, such as poisson:2/s, poisson:30/min or poisson:6/h, nor trace:FILE.");
        }
        double perSecond = Double.parseDouble(rate.group(1)) / seconds(rate.group(2));
        return poisson(text, perSecond, wanted == null ? USUAL : wanted, seed, subjects);
    }

    private static double seconds(String unit) {
        return switch (unit) {
            case "s" -> 1;
            case "min" -> 60;
            default -> 3600;
        };
    }

    private static Arrivals poisson(
            String text, double perSecond, Duration duration, long seed, List<Subject> subjects) {
        if (perSecond * duration.toSeconds() > MOST) {
            throw new Failure(
                    ExitStatus.USAGE,
                    "--arrivals '" + text + "' would be more than a million clients; take a lower rate.");
        }
        int[] visited = visited(subjects);
        Random random = new Random(seed);
        List<Arrival> each = new ArrayList<>();
        double at = gap(random, perSecond);
        while (visited.length > 0 && at * NANOS < duration.toNanos()) {
            each.add(new Arrival((long) (at * NANOS), visited[random.nextInt(visited.length)]));
            at += gap(random, perSecond);
        }
        return new Arrivals(
                text.substring("poisson:".length()) + " at random moments (Poisson, seed " + seed + ")",
                duration,
                each);
    }

    /** Exponentially distributed, as the times between independent events are. */
    private static double gap(Random random, double perSecond) {
        return -Math.log(1 - random.nextDouble()) / perSecond;
    }

    private static int[] visited(List<Subject> subjects) {
        return IntStream.range(0, subjects.size())
                .filter(i -> subjects.get(i).visited() != null)
                .toArray();
    }

    private static Arrivals trace(Path file, @Nullable Duration wanted, List<Subject> subjects) {
        List<Arrival> each = new ArrayList<>();
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                each.add(arrival(file + ":" + (i + 1), line, subjects));
            }
        }
        if (each.isEmpty()) {
            throw new Failure(ExitStatus.USAGE, file + " names no client; write lines such as '12.5 web.socket'.");
        }
        each.sort(Comparator.comparingLong(Arrival::atNanos));
        Duration until = Duration.ofNanos(each.get(each.size() - 1).atNanos()).plusSeconds(1);
        Duration duration = wanted == null ? until : wanted;
        return new Arrivals(
                "as in " + file.getFileName(),
                duration,
                each.stream()
                        .filter(arrival -> arrival.atNanos() < duration.toNanos())
                        .toList());
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (NoSuchFileException missing) {
            throw new Failure(ExitStatus.USAGE, "--arrivals: there is no file '" + file + "'.");
        } catch (CharacterCodingException binary) {
            throw new Failure(ExitStatus.USAGE, "--arrivals: '" + file + "' is no text.");
        } catch (IOException unreadable) {
            throw new Failure(ExitStatus.USAGE, "--arrivals: cannot read '" + file + "': " + unreadable.getMessage());
        }
    }

    private static Arrival arrival(String where, String line, List<Subject> subjects) {
        Matcher words = TRACE_LINE.matcher(line);
        if (!words.matches()) {
            throw new Failure(
                    ExitStatus.USAGE, where + ": '" + line + "' is not SECONDS SOCKET, such as '12.5 web.socket'.");
        }
        String name = words.group(2).contains(".") ? words.group(2) : words.group(2) + ".socket";
        for (int i = 0; i < subjects.size(); i++) {
            if (subjects.get(i).socket().toString().equals(name)) {
                if (subjects.get(i).visited() == null) {
                    throw new Failure(ExitStatus.USAGE, where + ": '" + name + "' has no stream socket to connect to.");
                }
                return new Arrival((long) (Double.parseDouble(words.group(1)) * NANOS), i);
            }
        }
        throw new Failure(ExitStatus.USAGE, where + ": '" + name + "' does not take part in the experiment.");
    }
}
