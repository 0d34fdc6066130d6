package dev.activator.it.promises;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.activator.it.rig.DebianArchive;
import dev.activator.it.rig.NeedsProgram;
import dev.activator.it.rig.NeedsRoot;
import dev.activator.it.rig.Outcome;
import dev.activator.it.rig.SuperServer;
import dev.activator.it.rig.WrittenSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Unmodified unit files of Debian's packages: no setting in them is silently ignored. */
class DebianUnitFilesTest {

    private static final int FEWEST_PACKAGES = 30;

    private static final List<String> PACKAGES = List.of(
            "acpid",
            "avahi-daemon",
            "chrony",
            "cockpit-ws",
            "cups-daemon",
            "dbus",
            "dirmngr",
            "dnsmasq",
            "fcgiwrap",
            "gpg-agent",
            "gpsd",
            "gssproxy",
            "iiod",
            "libvirt-daemon-system",
            "lvm2",
            "mpd",
            "multipath-tools",
            "open-iscsi",
            "openssh-server",
            "pcscd",
            "pipewire",
            "redis-server",
            "rpcbind",
            "rsync",
            "sane-utils",
            "spice-vdagent",
            "sssd-common",
            "systemd-journal-remote",
            "tang",
            "tor",
            "uuid-runtime");

    /** A network of its own and an empty {@code /run} and {@code /var/lib}: the fixed ports and paths of the files are free and stay ours. */
    private static final String IN_PRIVATE_RUN =
            "mount -t tmpfs tmpfs /run && mount -t tmpfs tmpfs /var/lib && ip link set lo up && exec \"$@\"";

    @RegisterExtension
    final SuperServer server = SuperServer.over("debian").startedByTest();

    @TempDir
    private Path work;

    private Set<String> packagesWithSockets = Set.of();

    @BeforeEach
    void takeTheFiles() throws IOException {
        packagesWithSockets =
                DebianArchive.takeUnitFiles(PACKAGES, work, server.scenario().units());
        assertThat(packagesWithSockets).hasSizeGreaterThanOrEqualTo(20);
    }

    @Test
    void everySettingIsAppliedOrNamedByVerify() throws IOException {
        List<Path> units = units("");
        Outcome verified =
                server.cli(Stream.concat(Stream.of("verify"), units.stream().map(Path::toString))
                        .toArray(String[]::new));
        Set<String> applied = appliedDirectives();
        List<String> lines = verified.text().lines().toList();
        List<WrittenSetting> silent = new ArrayList<>();
        int settings = 0;
        for (Path unit : units) {
            for (WrittenSetting setting : WrittenSetting.in(unit)) {
                settings++;
                if (!applied.contains(setting.section() + "." + setting.name()) && !isNamed(setting, lines)) {
                    silent.add(setting);
                }
            }
        }
        assertThat(silent).as("neither applied nor named").isEmpty();
        assertThat(PACKAGES).hasSizeGreaterThanOrEqualTo(FEWEST_PACKAGES);
        assertThat(lines).as("an unknown directive").noneMatch(line -> line.contains(": unknown setting '"));
        assertThat(lines)
                .as("a unit that does not load")
                .noneMatch(line ->
                        line.contains(": error: ") && line.endsWith("not loaded") && !line.contains(".gitkeep"));
        assertThat(settings).isGreaterThan(500);
        System.out.println(packagesWithSockets.size() + " packages, " + units.size() + " unit files, " + settings
                + " settings, " + lines.size() + " lines of verify");
    }

    /** What these ask for is what happens anyway. */
    private static boolean asksForNothing(WrittenSetting setting) {
        return setting.name().equals("DefaultDependencies")
                || (setting.name().equals("TasksMax") && setting.value().equals("infinity"));
    }

    private static boolean isNamed(WrittenSetting setting, List<String> lines) {
        return asksForNothing(setting)
                || lines.stream()
                        .filter(line -> line.contains(setting.file()))
                        .anyMatch(line -> line.contains(setting.name() + "="));
    }

    /** {@code Section.Name} of each directive that the super-server says it applies. */
    private Set<String> appliedDirectives() {
        Set<String> applied = new TreeSet<>();
        for (JsonNode directive : server.json("directives")) {
            if (directive.path("here").asText().equals("applied")) {
                applied.add(directive.path("section").asText() + "."
                        + directive.path("name").asText());
            }
        }
        return applied;
    }

    @Test
    @NeedsRoot
    @NeedsProgram({"unshare", "mount", "ip"})
    void everySocketListensOrSaysWhyNot() throws IOException {
        server.through("/usr/bin/unshare", "--net", "--mount", "--", "/bin/sh", "-c", IN_PRIVATE_RUN, "sh");
        server.start();
        List<String> silent = new ArrayList<>();
        int listening = 0;
        List<String> problems = server.log().text().lines().toList();
        for (Path socket : units(".socket")) {
            String name = socket.getFileName().toString();
            if (name.contains("@.")) {
                continue;
            }
            if (server.state(name).equals("active (listening)")) {
                listening++;
            } else if (problems.stream().noneMatch(line -> line.contains(name))) {
                silent.add(name + " is " + server.state(name));
            }
        }
        assertThat(silent).isEmpty();
        assertThat(listening).isGreaterThanOrEqualTo(20);
        System.out.println(listening + " of " + units(".socket").size() + " unmodified socket units listen");
    }

    private List<Path> units(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(server.scenario().units())) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                            && file.toString().endsWith(suffix))
                    .sorted()
                    .collect(Collectors.toList());
        }
    }
}
