package dev.activator.it.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which socket an inode is, as {@code /proc/net} lists them. */
public final class KernelSockets {

    private static final List<String> TABLES = List.of("tcp", "udp", "unix");

    private KernelSockets() {}

    /** {@code tcp 80}, {@code udp 69}, {@code unix /run/x} for {@code socket:[INODE]}. */
    public static String name(@Nullable String link) {
        if (link == null) {
            return "nothing";
        }
        String inode = link.replaceAll("\\D", "");
        for (String table : TABLES) {
            for (String line : lines(table)) {
                List<String> fields = List.of(line.strip().split(" +"));
                int column = table.equals("unix") ? 6 : 9;
                if (fields.size() > column && fields.get(column).equals(inode)) {
                    return table + " " + (table.equals("unix") ? fields.get(fields.size() - 1) : port(fields.get(1)));
                }
            }
        }
        return "unknown " + link;
    }

    private static List<String> lines(String table) {
        try {
            return Files.readAllLines(Path.of("/proc/net", table));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String port(String hexAddress) {
        return Integer.toString(Integer.parseInt(hexAddress.substring(hexAddress.indexOf(':') + 1), 16));
    }
}
