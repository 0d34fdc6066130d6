package dev.activator.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.listener.testing.ManualLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AccountsTest {
    private static final NameService NOBODY_ELSE = (database, key) -> "";

    @TempDir
    Path directory;

    private Path passwd = Path.of("/");
    private Path group = Path.of("/");

    @BeforeEach
    void write() throws IOException {
        passwd = Files.writeString(directory.resolve("passwd"), """
                root:x:0:0:root:/root:/bin/bash
                www:x:33:33:Web:/srv/www:/usr/sbin/nologin
                # a comment
                broken:x:notanumber:1:::
                short:x:5
                homeless:x:7:7:::
                """);
        group = Files.writeString(directory.resolve("group"), """
                root:x:0:
                www:x:33:
                ssl:x:115:www,postgres
                adm:x:4:syslog,www
                wwwadmin:x:44:wwwx
                """);
    }

    @Test
    void userIsFoundByNameAndByNumberWithAllItsGroups() {
        Account expected = new Account("www", 33, 33, "/srv/www", "/usr/sbin/nologin", List.of(33, 115, 4));

        assertThat(accounts(NOBODY_ELSE).user("www")).contains(expected);
        assertThat(accounts(NOBODY_ELSE).user("33")).contains(expected);
        assertThat(expected.credentials()).isEqualTo(new Credentials(33, 33, List.of(4, 33, 115)));
    }

    @Test
    void theStampChangesWithTheFiles() throws IOException {
        Accounts accounts = accounts(NOBODY_ELSE);
        long before = accounts.stamp();
        assertThat(accounts.stamp()).isEqualTo(before);
        Files.writeString(group, Files.readString(group) + "more:x:99:www\n");
        assertThat(accounts.stamp()).isNotEqualTo(before);
    }

    @Test
    void brokenLinesAreNobody() {
        for (String name : List.of("broken", "short", "nobody-such", "# a comment", "", "-1", "99999999999")) {
            assertThat(accounts(NOBODY_ELSE).user(name)).as(name).isEmpty();
        }
    }

    @Test
    void missingHomeAndShellHaveDefaults() {
        assertThat(accounts(NOBODY_ELSE).user("homeless"))
                .contains(new Account("homeless", 7, 7, "/", "/bin/sh", List.of(7)));
    }

    @Test
    void numberOfNobodyIsAUserAllTheSame() {
        assertThat(accounts(NOBODY_ELSE).user("4242").map(Account::credentials))
                .contains(new Credentials(4242, 4242, List.of(4242)));
    }

    @Test
    void groupIsFoundByNameAndNumber() {
        assertThat(accounts(NOBODY_ELSE).group("ssl")).hasValue(115);
        assertThat(accounts(NOBODY_ELSE).group("7777")).hasValue(7777);
        assertThat(accounts(NOBODY_ELSE).group("nosuch")).isEmpty();
    }

    @Test
    void directoryServiceKnowsWhoTheFilesDoNot() {
        NameService ldap = (database, key) -> switch (database + " " + key) {
            case "passwd alice" -> "alice:*:5001:5000:Alice:/home/alice:/bin/zsh\n";
            case "initgroups alice" -> "alice                5000 5002 5003\n";
            case "group staff" -> "staff:*:5002:alice\n";
            default -> "";
        };

        assertThat(accounts(ldap).user("alice"))
                .contains(new Account("alice", 5001, 5000, "/home/alice", "/bin/zsh", List.of(5000, 5002, 5003)));
        assertThat(accounts(ldap).group("staff")).hasValue(5002);
        assertThat(accounts(ldap).user("bob")).isEmpty();
    }

    @Test
    void hostsOwnRootIsFound() {
        assertThat(new Accounts().user("root").map(Account::uid)).contains(0);
        assertThat(new Accounts().user("no-such-user-" + System.nanoTime())).isEmpty();
        assertThat(NameService.getent().ask("passwd", "--version")).isEmpty();
    }

    @Test
    void lookUpBesideTheLoopIsToldOnIt() {
        List<Optional<Account>> told = new ArrayList<>();
        try (ManualLoop loop = new ManualLoop()) {
            accounts(NOBODY_ELSE).user("www", loop, told::add);
            loop.runUntil(() -> told.size() == 1);
        }
        assertThat(told.get(0).map(Account::uid)).contains(33);
    }

    private Accounts accounts(NameService others) {
        return new Accounts(passwd, group, others);
    }
}
