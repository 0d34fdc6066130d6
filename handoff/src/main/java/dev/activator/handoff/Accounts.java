package dev.activator.handoff;

import dev.activator.listener.Loop;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The host's users and groups: /etc/passwd and /etc/group first, then whatever else the host asks (LDAP, SSSD, systemd) through
 * getent(1). Immutable, for any thread; everything that looks up may block for seconds and so stays off the loop.
 */
public final class Accounts {
    private static final int LONGEST_NUMBER = 10;
    private static final long HIGHEST_ID = 0xfffffffeL;

    private final Path passwd;
    private final Path group;
    private final NameService others;

    public Accounts() {
        this(Path.of("/etc/passwd"), Path.of("/etc/group"), NameService.getent());
    }

    Accounts(Path passwd, Path group, NameService others) {
        this.passwd = passwd;
        this.group = group;
        this.others = others;
    }

    /**
     * A user by name or number, with its groups. A number that is nobody's is a user of that number in a group of the same number,
     * at home in /.
     */
    public Optional<Account> user(String nameOrUid) {
        Optional<String[]> entry = entry(passwd, "passwd", nameOrUid, 7);
        if (entry.isPresent()) {
            return entry.map(this::account);
        }
        return id(nameOrUid).stream()
                .mapToObj(uid -> new Account(nameOrUid, uid, uid, "/", "/bin/sh", List.of(uid)))
                .findFirst();
    }

    /** A user that the host knows, by name or number, with groups that are known already. */
    public Optional<Account> user(String nameOrUid, List<Integer> groups) {
        return entry(passwd, "passwd", nameOrUid, 7).map(fields -> account(fields, groups));
    }

    /** A group's number by its name or number. */
    public OptionalInt group(String nameOrGid) {
        OptionalInt number = id(nameOrGid);
        return number.isPresent()
                ? number
                : entry(group, "group", nameOrGid, 3)
                        .map(fields -> id(fields[2]))
                        .orElse(OptionalInt.empty());
    }

    /** Changes whenever the host's own files of users and groups do; two looks at files, no reading. */
    public long stamp() {
        return stamp(passwd) * 31 + stamp(group);
    }

    private static long stamp(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return Objects.hash(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
        } catch (IOException absent) {
            return 0;
        }
    }

    /** Looks a user up on a thread of its own and tells the loop. */
    public void user(String nameOrUid, Loop loop, Consumer<Optional<Account>> listener) {
        Thread lookup = new Thread(
                () -> {
                    Optional<Account> found = user(nameOrUid);
                    loop.execute(() -> listener.accept(found));
                },
                "look-up of user " + nameOrUid);
        lookup.setDaemon(true);
        lookup.start();
    }

    private Account account(String[] fields) {
        int gid = id(fields[3]).getAsInt();
        Set<Integer> groups = new LinkedHashSet<>(List.of(gid));
        groups.addAll(groupsOf(fields[0]));
        return account(fields, new ArrayList<>(groups));
    }

    private static Account account(String[] fields, List<Integer> groups) {
        String home = fields[5].startsWith("/") ? fields[5] : "/";
        String shell = fields[6].startsWith("/") ? fields[6] : "/bin/sh";
        int gid = id(fields[3]).getAsInt();
        return new Account(fields[0], id(fields[2]).getAsInt(), gid, home, shell, groups);
    }

    private List<Integer> groupsOf(String user) {
        Set<Integer> groups = new LinkedHashSet<>();
        for (String line : text(group).split("\n", -1)) {
            String[] fields = line.split(":", -1);
            if (fields.length >= 4 && List.of(fields[3].split(",", -1)).contains(user)) {
                id(fields[2]).ifPresent(groups::add);
            }
        }
        // NAME followed by numbers.
        for (String word : others.ask("initgroups", user).trim().split("\\s+", -1)) {
            id(word).ifPresent(groups::add);
        }
        return new ArrayList<>(groups);
    }

    private Optional<String[]> entry(Path file, String database, String nameOrId, int fields) {
        Optional<String[]> local = entry(text(file), nameOrId, fields);
        return local.isPresent() ? local : entry(others.ask(database, nameOrId), nameOrId, fields);
    }

    /** The first line that is one of a user or group. By plain loops: it is the first that a start does, when nothing else is there yet. */
    private static Optional<String[]> entry(String text, String nameOrId, int fields) {
        OptionalInt number = id(nameOrId);
        for (String line : text.split("\n", -1)) {
            String[] entry = line.split(":", -1);
            boolean isEntry = entry.length >= fields
                    && id(entry[2]).isPresent()
                    && (fields < 7 || id(entry[3]).isPresent());
            if (isEntry && (entry[0].equals(nameOrId) || (number.isPresent() && number.equals(id(entry[2]))))) {
                return Optional.of(entry);
            }
        }
        return Optional.empty();
    }

    private static OptionalInt id(String text) {
        if (text.isEmpty() || text.length() > LONGEST_NUMBER) {
            return OptionalInt.empty();
        }
        long id = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return OptionalInt.empty();
            }
            id = 10 * id + digit;
        }
        return id > HIGHEST_ID ? OptionalInt.empty() : OptionalInt.of((int) id);
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException absent) {
            return "";
        }
    }
}
