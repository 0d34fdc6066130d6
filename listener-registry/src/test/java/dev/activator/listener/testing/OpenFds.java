package dev.activator.listener.testing;

import dev.activator.listener.OwnedFd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The descriptors that a process has open, by number, with what each one is: {@code socket:[4711]}. */
public record OpenFds(SortedMap<Integer, String> targets) {
    /** What the JVM opens for itself when it feels like it. */
    private static final Pattern JVM_OWN = Pattern.compile(
            ".*\\.(jar|so|jmod|class|jsa)|.*/lib/modules|/dev/u?random|/proc/.*|/sys/.*|/etc/.*|/usr/.*");

    static {
        // The JDK keeps a socket of its own from its first channel on; it must not look like a test's leak.
        try (FileChannel channel = FileChannel.open(Path.of("/dev/null"));
                ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            SocketChannel.open(server.getLocalAddress()).close();
            new Socket(InetAddress.getLoopbackAddress(), server.socket().getLocalPort()).close();
            channel.size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of this process. */
    public static OpenFds now() {
        return of("self");
    }

    /** Of a process by its pid. */
    public static OpenFds of(String pid) {
        SortedMap<Integer, String> targets = new TreeMap<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of("/proc", pid, "fd"))) {
            for (Path entry : entries) {
                readTarget(entry, targets);
            }
        } catch (IOException e) {
            throw new AssertionError("cannot list the descriptors of process " + pid, e);
        }
        return new OpenFds(targets);
    }

    private static void readTarget(Path entry, Map<Integer, String> into) throws IOException {
        try {
            String target = Files.readSymbolicLink(entry).toString();
            if (!JVM_OWN.matcher(target).matches()) {
                into.put(Integer.valueOf(entry.getFileName().toString()), target);
            }
        } catch (NoSuchFileException closedMeanwhile) {
            // the descriptor of this very listing, for one
        }
    }

    /** What is open here and was not, or was something else, in the earlier list; with its purpose where it has an owner. */
    public SortedMap<Integer, String> since(OpenFds earlier) {
        SortedMap<Integer, String> purposes = OwnedFd.inventory();
        SortedMap<Integer, String> more = new TreeMap<>();
        targets.forEach((fd, target) -> {
            if (!target.equals(earlier.targets.get(fd))) {
                more.put(fd, target + (purposes.containsKey(fd) ? " (" + purposes.get(fd) + ")" : ""));
            }
        });
        return more;
    }
}
