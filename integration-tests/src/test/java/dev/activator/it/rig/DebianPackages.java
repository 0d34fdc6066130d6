package dev.activator.it.rig;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The Debian packages behind the programs that the tests use, and their installation: once per JVM, all at once, with
 * apt, as root, on a machine that was not booted with systemd (a container, a build machine) or under {@code CI=true}.
 * On a person's own machine nothing is installed. No daemon is started: without an init system
 * {@code invoke-rc.d} declines by itself.
 */
final class DebianPackages {

    private static final Map<String, String> PACKAGE_OF = Map.ofEntries(
            Map.entry("sshd", "openssh-server"),
            Map.entry("ssh", "openssh-client"),
            Map.entry("ssh-keygen", "openssh-client"),
            Map.entry("rsync", "rsync"),
            Map.entry("nginx", "nginx-light"),
            Map.entry("haproxy", "haproxy"),
            Map.entry("gunicorn", "gunicorn"),
            Map.entry("puma", "puma"),
            Map.entry("php-fpm8.2", "php8.2-fpm"),
            Map.entry("cgi-fcgi", "libfcgi-bin"),
            Map.entry("h2o", "h2o"),
            Map.entry("in.tftpd", "tftpd-hpa"),
            Map.entry("tftp", "tftp-hpa"),
            Map.entry("uuidd", "uuid-runtime"),
            Map.entry("uuidgen", "uuid-runtime"),
            Map.entry("curl", "curl"),
            Map.entry("promtool", "prometheus"),
            Map.entry("chromium", "chromium"),
            Map.entry("chromedriver", "chromium-driver"),
            Map.entry("socat", "socat"),
            Map.entry("strace", "strace"),
            Map.entry("podman", "podman netavark"),
            Map.entry("runc", "runc"),
            Map.entry("busybox", "busybox-static"),
            Map.entry("ip", "iproute2"),
            Map.entry("systemctl", "systemd"),
            Map.entry("python3", "python3"),
            Map.entry("setpriv", "util-linux"),
            Map.entry("prlimit", "util-linux"));

    private static final Duration INSTALL_LIMIT = Duration.ofMinutes(5);

    private DebianPackages() {}

    /** The missing programs with their packages, for a message: {@code "'rsync' (package rsync)"}. */
    static String describe(List<String> programs) {
        List<String> described = new ArrayList<>();
        for (String program : programs) {
            described.add("'" + program + "' (package " + PACKAGE_OF.getOrDefault(program, "unknown") + ")");
        }
        return String.join(", ", described);
    }

    /** Installs what is missing, the first time; afterwards only tells how that went. */
    static String installOnce() {
        return Once.OUTCOME;
    }

    private static final class Once {
        static final String OUTCOME = install();
    }

    private static String install() {
        if (!ProcFs.isRoot() || !Files.isExecutable(Path.of("/usr/bin/apt-get"))) {
            return "not installed: no root, or no apt";
        }
        if (Files.isDirectory(Path.of("/run/systemd/system")) && !"true".equals(System.getenv("CI"))) {
            return "not installed: this machine runs systemd, which would start the daemons; set CI=true to allow it";
        }
        TreeSet<String> packages = new TreeSet<>();
        PACKAGE_OF.forEach((program, debianPackage) -> {
            if (Programs.find(program).isEmpty()) {
                packages.addAll(List.of(debianPackage.split(" ")));
            }
        });
        Outcome update =
                Command.of("apt-get", "-qq", "update").within(INSTALL_LIMIT).run();
        Outcome outcome = Command.of("apt-get", "-qq", "install", "-y", "--no-install-recommends")
                .and(packages)
                .environment("DEBIAN_FRONTEND", "noninteractive")
                .within(INSTALL_LIMIT)
                .run();
        return "apt-get update: " + update.exitCode() + "; apt-get install " + String.join(" ", packages) + ": "
                + outcome.exitCode() + (outcome.exitCode() == 0 ? "" : " " + outcome.err());
    }
}
