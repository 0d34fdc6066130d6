package dev.activator.server;

import dev.activator.config.HostFacts;
import dev.activator.handoff.Account;
import dev.activator.handoff.Accounts;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Collects what the specifiers of unit files stand for on this host. systemd.unit(5) "Specifiers". */
public final class HostFactsReader {
    private static final long KIB = 1024;

    private HostFactsReader() {}

    /**
     * The facts for whoever runs this, super-server or {@code verify}.
     *
     * @throws IOException where /proc is not mounted
     */
    public static HostFacts ofThisProcess(Path runtime, Path state) throws IOException {
        return read(OwnAccount.read(new Accounts()), runtime, state);
    }

    /** {@code runtime} and {@code state} stand for /run and /var where it is not root. */
    static HostFacts read(Account self, Path runtime, Path state) {
        Map<Character, String> facts =
                new HashMap<>(HostFacts.systemDirectories().values());
        String host = line("/proc/sys/kernel/hostname");
        int dot = host.indexOf('.');
        facts.put('H', host);
        facts.put('l', dot < 0 ? host : host.substring(0, dot));
        facts.put('m', line("/etc/machine-id"));
        facts.put('b', line("/proc/sys/kernel/random/boot_id").replace("-", ""));
        facts.put('v', line("/proc/sys/kernel/osrelease"));
        facts.put('a', architecture());
        osRelease(facts);
        facts.put('u', self.name());
        facts.put('U', Integer.toUnsignedString(self.uid()));
        facts.put('g', group(self.gid()));
        facts.put('G', Integer.toUnsignedString(self.gid()));
        facts.put('h', self.home());
        facts.put('s', self.shell());
        if (self.uid() != 0) {
            facts.put('t', runtime.toString());
            facts.put('S', state.resolve("lib").toString());
            facts.put('C', state.resolve("cache").toString());
            facts.put('L', state.resolve("log").toString());
            facts.put('E', state.resolve("etc").toString());
        }
        return new HostFacts(facts);
    }

    private static void osRelease(Map<Character, String> facts) {
        Map<String, Character> letters = Map.of(
                "ID",
                'o',
                "VERSION_ID",
                'w',
                "VARIANT_ID",
                'W',
                "BUILD_ID",
                'B',
                "IMAGE_ID",
                'M',
                "IMAGE_VERSION",
                'A');
        for (String entry : text("/etc/os-release").split("\n")) {
            int equals = entry.indexOf('=');
            Character letter = equals < 0 ? null : letters.get(entry.substring(0, equals));
            if (letter != null) {
                facts.put(letter, entry.substring(equals + 1).replace("\"", ""));
            }
        }
    }

    private static String group(int gid) {
        for (String entry : text("/etc/group").split("\n")) {
            String[] fields = entry.split(":", -1);
            if (fields.length > 2 && fields[2].equals(Integer.toUnsignedString(gid))) {
                return fields[0];
            }
        }
        return Integer.toUnsignedString(gid);
    }

    /** In systemd's word. */
    static String architecture() {
        return System.getProperty("os.arch").equals("amd64") ? "x86-64" : "arm64";
    }

    /** A file that has one line; empty where there is none such. */
    static String line(String path) {
        return text(path).strip();
    }

    /** The most that any Backlog= comes to. net.core.somaxconn */
    public static int longestQueue() {
        String text = text("/proc/sys/net/core/somaxconn").strip();
        return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : Integer.MAX_VALUE;
    }

    /** Bytes of memory that the host has. proc_meminfo(5) */
    static long memory() {
        return text("/proc/meminfo")
                .lines()
                .filter(line -> line.startsWith("MemTotal:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * KIB)
                .findFirst()
                .orElse(0);
    }

    /** Empty where it cannot be read. */
    static String text(String path) {
        try (InputStream file = new FileInputStream(path)) {
            // Not readAllBytes: a file of /proc/sys gives all it has to the first read, which must ask for more than a
            // byte.
            return new String(file.readNBytes(Integer.MAX_VALUE), StandardCharsets.UTF_8);
        } catch (IOException absent) {
            return "";
        }
    }
}
