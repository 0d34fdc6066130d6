package dev.activator.listener;

import dev.activator.config.AccessDirectives;
import dev.activator.config.AddressRules;
import dev.activator.config.BindIpv6Only;
import dev.activator.config.Directive;
import dev.activator.config.SocketDirectives;
import dev.activator.config.SocketKind;
import dev.activator.config.SocketUnit;
import dev.activator.config.Timestamping;
import dev.activator.config.WakeOn;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sets the socket options that a unit asks for. systemd.socket(5).
 *
 * <p>SO_REUSEADDR, IPV6_V6ONLY and SO_BINDTODEVICE decide who can reach the socket, so a failure ends the bind; all others
 * become warnings.
 */
final class ListenerOptions {
    private static final Set<Directive<?>> OF_CONNECTIONS = Set.of(
            SocketDirectives.KEEP_ALIVE,
            SocketDirectives.KEEP_ALIVE_TIME,
            SocketDirectives.KEEP_ALIVE_INTERVAL,
            SocketDirectives.KEEP_ALIVE_PROBES,
            SocketDirectives.NO_DELAY,
            SocketDirectives.TCP_CONGESTION,
            SocketDirectives.IP_TOS,
            SocketDirectives.IP_TTL,
            SocketDirectives.PASS_CREDENTIALS,
            SocketDirectives.PASS_SECURITY,
            SocketDirectives.PRIORITY,
            SocketDirectives.MARK,
            SocketDirectives.RECEIVE_BUFFER,
            SocketDirectives.SEND_BUFFER);

    /** Those that only the listener has. */
    private static final Set<Directive<?>> OF_LISTENERS = Set.of(
            SocketDirectives.BIND_IPV6_ONLY,
            SocketDirectives.BIND_TO_DEVICE,
            SocketDirectives.REUSE_PORT,
            SocketDirectives.FREE_BIND,
            SocketDirectives.TRANSPARENT,
            SocketDirectives.DEFER_ACCEPT,
            SocketDirectives.BROADCAST,
            SocketDirectives.PASS_PACKET_INFO,
            SocketDirectives.TIMESTAMPING,
            AccessDirectives.WAKE_ON,
            AccessDirectives.ALLOW_FROM,
            AccessDirectives.DENY_FROM);

    /** How long the kernel keeps a client that says nothing to itself under WakeOn=first-byte, unless DeferAcceptSec= says. */
    private static final Duration FIRST_BYTE_PATIENCE = Duration.ofSeconds(30);

    private final Kernel kernel;
    private final BindAttempt attempt;
    private final SocketUnit unit;
    private final @Nullable SocketUnit previous;
    private final int family;
    private final boolean isInternet;
    private final boolean isTcp;
    /** Nothing is to be set or taken back, as with most. */
    private final boolean isPlain;

    /** @param previous what the options of a live socket were set from, so that what is no longer asked for is taken back */
    ListenerOptions(Kernel kernel, BindAttempt attempt, int family, @Nullable SocketUnit previous) {
        this.kernel = kernel;
        this.attempt = attempt;
        this.unit = attempt.unit();
        this.previous = previous;
        this.family = family;
        this.isInternet = family == Families.AF_INET || family == Families.AF_INET6;
        this.isTcp = isInternet && attempt.socket().kind() == SocketKind.STREAM;
        this.isPlain = previous == null
                && !concernConnections(unit)
                && !unit.settings().isAnySet(OF_LISTENERS);
    }

    /** Those that count at bind(2); throws for the ones without which the socket must not exist. */
    void applyBeforeBind(BorrowedFd fd) {
        require(fd, SocketOption.SO_REUSEADDR, 1);
        if (isPlain) {
            return;
        }
        BindIpv6Only only = unit.get(SocketDirectives.BIND_IPV6_ONLY);
        if (family == Families.AF_INET6 && only != BindIpv6Only.DEFAULT) {
            require(fd, SocketOption.IPV6_V6ONLY, only == BindIpv6Only.IPV6_ONLY ? 1 : 0);
        }
        if (!isInternet) {
            return;
        }
        if (isFiltered(unit)) {
            attempt.begin(
                    "attaching the filter of AllowFrom= and DenyFrom=",
                    "keep clients from " + attempt.socket().address() + " by AllowFrom= and DenyFrom=");
            kernel.attachFilter(fd, AddressFilter.of(AddressRules.of(unit)));
        }
        unit.get(SocketDirectives.BIND_TO_DEVICE).ifPresent(device -> bindToDevice(fd, device));
        boolean six = family == Families.AF_INET6;
        flag(fd, SocketDirectives.REUSE_PORT, SocketOption.SO_REUSEPORT);
        flag(fd, SocketDirectives.FREE_BIND, six ? SocketOption.IPV6_FREEBIND : SocketOption.IP_FREEBIND);
        flag(fd, SocketDirectives.TRANSPARENT, six ? SocketOption.IPV6_TRANSPARENT : SocketOption.IP_TRANSPARENT);
    }

    private void require(BorrowedFd fd, SocketOption option, int value) {
        attempt.begin(option);
        kernel.set(fd, option, value);
    }

    private void bindToDevice(BorrowedFd fd, String device) {
        attempt.begin("setting SO_BINDTODEVICE", "bind " + attempt.socket().address() + " to device " + device);
        kernel.set(fd, SocketOption.SO_BINDTODEVICE, text(device));
    }

    /** Where the service accepts, nobody but the kernel can keep a client out. */
    static boolean isFiltered(SocketUnit unit) {
        return !unit.takesConnections() && !AddressRules.of(unit).admitsAll();
    }

    void restoreFilter(BorrowedFd fd) {
        if (isFiltered(unit)) {
            kernel.attachFilter(fd, AddressFilter.of(AddressRules.of(unit)));
        } else {
            kernel.detachFilter(fd);
        }
    }

    /** Gives a live socket the rules that hold now. Never throws: where the kernel refuses, those from before stay. */
    void applyFilter(BorrowedFd fd) {
        if (!isInternet) {
            return;
        }
        try {
            if (isFiltered(unit)) {
                kernel.attachFilter(fd, AddressFilter.of(AddressRules.of(unit)));
            } else if (previous != null && isFiltered(previous)) {
                kernel.detachFilter(fd);
            }
        } catch (SystemCallException refused) {
            attempt.warn("cannot change the filter of AllowFrom= and DenyFrom=: " + refused.errno()
                    + ", the one from before stays");
        }
    }

    /** Those that a listener has before its first client, and that a live one can be given again. Never throws. */
    void apply(BorrowedFd fd) {
        if (isPlain) {
            return;
        }
        applyToConnection(fd);
        if (previous != null
                && previous.get(SocketDirectives.BIND_IPV6_ONLY) != unit.get(SocketDirectives.BIND_IPV6_ONLY)) {
            attempt.warn("BindIPv6Only= has changed, which counts once the socket is stopped and started");
        }
        if (isTcp) {
            int seconds = deferSeconds(unit);
            if (seconds > 0 || (previous != null && deferSeconds(previous) > 0)) {
                set(fd, "DeferAcceptSec=, WakeOn=", SocketOption.TCP_DEFER_ACCEPT, seconds);
            }
        }
        if (isInternet) {
            flag(fd, SocketDirectives.BROADCAST, SocketOption.SO_BROADCAST);
            flag(
                    fd,
                    SocketDirectives.PASS_PACKET_INFO,
                    family == Families.AF_INET6 ? SocketOption.IPV6_RECVPKTINFO : SocketOption.IP_PKTINFO);
        }
        Timestamping stamps = unit.get(SocketDirectives.TIMESTAMPING);
        if (stamps != Timestamping.OFF || wasSet(SocketDirectives.TIMESTAMPING)) {
            set(fd, "Timestamping=", SocketOption.SO_TIMESTAMPNS, stamps == Timestamping.NS ? 1 : 0);
            if (stamps != Timestamping.NS) {
                set(fd, "Timestamping=", SocketOption.SO_TIMESTAMP, stamps == Timestamping.US ? 1 : 0);
            }
        }
    }

    /** Whether the unit asks for anything of its connections. */
    static boolean concernConnections(SocketUnit unit) {
        return unit.settings().isAnySet(OF_CONNECTIONS);
    }

    /** Those that an accepted connection has too. Never throws. */
    void applyToConnection(BorrowedFd fd) {
        if (isTcp) {
            applyTcp(fd);
        }
        if (isInternet) {
            applyInternet(fd);
        } else {
            flag(fd, SocketDirectives.PASS_CREDENTIALS, SocketOption.SO_PASSCRED);
            flag(fd, SocketDirectives.PASS_SECURITY, SocketOption.SO_PASSSEC);
        }
        number(fd, SocketDirectives.PRIORITY, SocketOption.SO_PRIORITY, 0);
        number(fd, SocketDirectives.MARK, SocketOption.SO_MARK, 0);
        buffer(fd, SocketDirectives.RECEIVE_BUFFER, SocketOption.SO_RCVBUFFORCE, SocketOption.SO_RCVBUF);
        buffer(fd, SocketDirectives.SEND_BUFFER, SocketOption.SO_SNDBUFFORCE, SocketOption.SO_SNDBUF);
    }

    private void applyTcp(BorrowedFd fd) {
        flag(fd, SocketDirectives.KEEP_ALIVE, SocketOption.SO_KEEPALIVE);
        span(fd, SocketDirectives.KEEP_ALIVE_TIME, SocketOption.TCP_KEEPIDLE);
        span(fd, SocketDirectives.KEEP_ALIVE_INTERVAL, SocketOption.TCP_KEEPINTVL);
        number(fd, SocketDirectives.KEEP_ALIVE_PROBES, SocketOption.TCP_KEEPCNT, null);
        flag(fd, SocketDirectives.NO_DELAY, SocketOption.TCP_NODELAY);
        Optional<String> algorithm = unit.get(SocketDirectives.TCP_CONGESTION);
        algorithm.ifPresent(name -> attempt(
                "TCPCongestion=",
                SocketOption.TCP_CONGESTION,
                () -> kernel.set(fd, SocketOption.TCP_CONGESTION, text(name))));
        warnIfTakenBack(SocketDirectives.TCP_CONGESTION);
    }

    private void applyInternet(BorrowedFd fd) {
        number(fd, SocketDirectives.IP_TOS, SocketOption.IP_TOS, 0);
        number(fd, SocketDirectives.IP_TTL, SocketOption.IP_TTL, -1);
        if (family == Families.AF_INET6) {
            number(fd, SocketDirectives.IP_TOS, SocketOption.IPV6_TCLASS, 0);
            number(fd, SocketDirectives.IP_TTL, SocketOption.IPV6_UNICAST_HOPS, -1);
        }
    }

    private void flag(BorrowedFd fd, Directive<Boolean> directive, SocketOption option) {
        boolean wanted = unit.get(directive);
        if (wanted || (previous != null && previous.get(directive))) {
            set(fd, directive.name() + "=", option, wanted ? 1 : 0);
        }
    }

    private void number(
            BorrowedFd fd,
            Directive<Optional<Integer>> directive,
            SocketOption option,
            @Nullable Integer kernelDefault) {
        Optional<Integer> value = unit.get(directive);
        if (value.isPresent()) {
            set(fd, directive.name() + "=", option, value.get());
        } else if (kernelDefault == null) {
            warnIfTakenBack(directive);
        } else if (wasSet(directive)) {
            set(fd, directive.name() + "=", option, kernelDefault);
        }
    }

    private void span(BorrowedFd fd, Directive<Optional<Duration>> directive, SocketOption option) {
        unit.get(directive).ifPresent(span -> set(fd, directive.name() + "=", option, seconds(span)));
        warnIfTakenBack(directive);
    }

    /** Past the host's limit where we may, else up to it; the kernel reports twice what was asked for. */
    private void buffer(BorrowedFd fd, Directive<Optional<Long>> directive, SocketOption force, SocketOption plain) {
        warnIfTakenBack(directive);
        Optional<Long> wanted = unit.get(directive);
        if (wanted.isEmpty()) {
            return;
        }
        int bytes = (int) Math.min(Integer.MAX_VALUE, wanted.get());
        try {
            kernel.set(fd, force, bytes);
        } catch (SystemCallException unprivileged) {
            attempt(directive.name() + "=", plain, () -> {
                kernel.set(fd, plain, bytes);
                long granted = NativeOrder.getInt(kernel.get(fd, plain, 4), 0);
                if (granted < Math.min(Integer.MAX_VALUE, 2L * bytes)) {
                    attempt.warn(directive.name() + "= is " + granted / 2 + " bytes instead of " + bytes
                            + ", the host's limit without CAP_NET_ADMIN");
                }
            });
        }
    }

    private void set(BorrowedFd fd, String setting, SocketOption option, int value) {
        attempt(setting, option, () -> kernel.set(fd, option, value));
    }

    private void attempt(String setting, SocketOption option, Runnable change) {
        try {
            change.run();
        } catch (SystemCallException refused) {
            attempt.warn("set " + option + " (" + setting + ")", refused.errno());
        }
    }

    private boolean wasSet(Directive<?> directive) {
        return previous != null && previous.isSet(directive);
    }

    private void warnIfTakenBack(Directive<? extends Optional<?>> directive) {
        if (wasSet(directive) && unit.get(directive).isEmpty()) {
            attempt.warn(directive.name() + "= is no longer set, which counts once the socket is stopped and started");
        }
    }

    private static int deferSeconds(SocketUnit unit) {
        boolean isSet = unit.isSet(SocketDirectives.DEFER_ACCEPT);
        boolean waitsForBytes = unit.get(AccessDirectives.WAKE_ON) == WakeOn.FIRST_BYTE;
        Duration span = waitsForBytes && !isSet ? FIRST_BYTE_PATIENCE : unit.get(SocketDirectives.DEFER_ACCEPT);
        return seconds(span);
    }

    private static int seconds(Duration span) {
        long rounded = span.getNano() > 0 ? span.getSeconds() + 1 : span.getSeconds();
        return (int) Math.min(Integer.MAX_VALUE, rounded);
    }

    private static byte[] text(String name) {
        return (name + "\0").getBytes(StandardCharsets.UTF_8);
    }
}
