package dev.activator.it.rig;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** The heap of another JVM of the same user, as its {@code jcmd} tells. */
public final class JavaHeap {

    /** One line per generation; the metaspace's has no total. */
    private static final Pattern USED = Pattern.compile("total \\d+K, used (\\d+)K");

    private JavaHeap() {}

    /** KiB that are in use after a full collection. */
    public static long afterGcKib(long pid) {
        jcmd(pid, "GC.run");
        return USED.matcher(jcmd(pid, "GC.heap_info"))
                .results()
                .mapToLong(used -> Long.parseLong(used.group(1)))
                .sum();
    }

    private static String jcmd(long pid, String request) {
        String program = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        return Command.of(program, Long.toString(pid), request)
                .run()
                .succeeded()
                .out();
    }
}
