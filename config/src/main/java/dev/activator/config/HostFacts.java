package dev.activator.config;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the host and the user look like, by the letters of systemd's specifiers; the caller collects them, so that reading a unit file stays
 * pure. systemd.unit(5) "Specifiers".
 *
 * <p>Of the host: {@code a} architecture, {@code A} image version, {@code b} boot id, {@code B} build id, {@code H} host name, {@code l} short
 * host name, {@code m} machine id, {@code M} image id, {@code o} operating system id, {@code q} pretty host name, {@code v} kernel release,
 * {@code w} version id, {@code W} variant id. Of the user: {@code u} name, {@code U} uid, {@code g} group, {@code G} gid, {@code h} home,
 * {@code s} shell. Directories: {@code t} runtime, {@code S} state, {@code C} cache, {@code L} logs, {@code E} configuration, {@code D} shared
 * data, {@code d} credentials, {@code T} temporary, {@code V} larger temporary.
 *
 * @param values what each letter stands for; a letter that is missing stands for nothing
 */
public record HostFacts(Map<Character, String> values) {
    static final String LETTERS = "aAbBHlmMoqvwWuUgGhstSCLEDdTV";

    public HostFacts {
        for (char letter : values.keySet()) {
            if (LETTERS.indexOf(letter) < 0) {
                throw new IllegalArgumentException("%" + letter + " is no fact of the host");
            }
        }
        values = Map.copyOf(values);
    }

    // Written out: what a record has by itself is put together when it is first needed, while somebody waits.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HostFacts that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** What the letter stands for; empty where nothing is known. */
    public String value(char letter) {
        return values.getOrDefault(letter, "");
    }

    /** The same facts but for one. */
    public HostFacts with(char letter, String value) {
        Map<Character, String> changed = new TreeMap<>(values);
        changed.put(letter, value);
        return new HostFacts(changed);
    }

    /** Directories of a system-wide super-server that runs as root, and nothing else. */
    public static HostFacts systemDirectories() {
        return new HostFacts(Map.ofEntries(
                Map.entry('u', "root"),
                Map.entry('U', "0"),
                Map.entry('g', "root"),
                Map.entry('G', "0"),
                Map.entry('h', "/root"),
                Map.entry('s', "/bin/sh"),
                Map.entry('t', "/run"),
                Map.entry('S', "/var/lib"),
                Map.entry('C', "/var/cache"),
                Map.entry('L', "/var/log"),
                Map.entry('E', "/etc"),
                Map.entry('D', "/usr/share"),
                Map.entry('T', "/tmp"),
                Map.entry('V', "/var/tmp")));
    }

    /** Made-up facts that never change, for tests of any module. */
    public static HostFacts forTests() {
        return systemDirectories()
                .with('H', "testhost.example")
                .with('l', "testhost")
                .with('m', "0123456789abcdef0123456789abcdef")
                .with('b', "fedcba9876543210fedcba9876543210")
                .with('v', "6.1.0-test")
                .with('a', "x86-64")
                .with('o', "debian");
    }
}
