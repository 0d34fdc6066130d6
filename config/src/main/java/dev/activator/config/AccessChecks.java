package dev.activator.config;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** What the access and wake rules of a socket unit must satisfy together, and where the kernel cannot give what they ask for. */
final class AccessChecks {
    private static final Set<Directive<?>> ROWS = Set.copyOf(AccessDirectives.rows());

    private final Settings settings;
    private final List<ListenSocket> listen;
    private final Findings findings;
    private final boolean accepts;

    private AccessChecks(Settings settings, List<ListenSocket> listen, Findings findings) {
        this.settings = settings;
        this.listen = listen;
        this.findings = findings;
        this.accepts =
                settings.get(SocketDirectives.ACCEPT) || settings.get(HandoffDirectives.HANDOFF) == HandoffMode.PASS;
    }

    static void check(Settings settings, List<ListenSocket> listen, Findings findings) {
        if (!settings.isAnySet(ROWS)) {
            return;
        }
        AccessChecks checks = new AccessChecks(settings, listen, findings);
        checks.rules(AccessDirectives.ALLOW_FROM);
        checks.rules(AccessDirectives.DENY_FROM);
        checks.bothLists();
        checks.unreachable();
        checks.needAccepting();
        checks.wakeOn();
        checks.treatment();
    }

    /** With Accept=no a filter on the listener keeps clients out, and it sees nothing but packets. */
    private void rules(Directive<List<AccessRule>> row) {
        List<AccessRule> rules = settings.get(row);
        if (accepts || rules.isEmpty()) {
            return;
        }
        for (AccessRule rule : rules) {
            if (!(rule instanceof AccessRule.Network)) {
                findings.error(
                        row,
                        row + " '" + rule
                                + "' needs Accept=yes or Handoff=pass: nobody sees the user before the service accepts");
                return;
            }
        }
        listen.stream()
                .filter(each -> !isInternet(each))
                .findFirst()
                .ifPresent(each -> findings.error(
                        row,
                        row + " cannot be applied to " + shown(each)
                                + " with Accept=no; move that to another unit, and "
                                + "restrict it with SocketUser=, SocketGroup= and SocketMode="));
    }

    private void bothLists() {
        List<AccessRule> denied = settings.get(AccessDirectives.DENY_FROM);
        settings.get(AccessDirectives.ALLOW_FROM).stream()
                .filter(denied::contains)
                .findFirst()
                .ifPresent(both -> findings.error(
                        AccessDirectives.DENY_FROM, "DenyFrom= '" + both + "' stands in AllowFrom= too"));
    }

    private void unreachable() {
        List<AccessRule> allowed = settings.get(AccessDirectives.ALLOW_FROM);
        if (allowed.isEmpty() || !accepts) {
            return;
        }
        boolean hasAddress = allowed.stream().anyMatch(AccessRule.Network.class::isInstance);
        boolean hasAccount = allowed.stream().anyMatch(rule -> !(rule instanceof AccessRule.Network));
        for (ListenSocket each : listen) {
            if (isInternet(each) ? !hasAddress : !hasAccount) {
                findings.warning(
                        AccessDirectives.ALLOW_FROM,
                        "AllowFrom= lets nobody in at " + shown(each) + ": it has no "
                                + (isInternet(each) ? "address" : "'uid:' or 'gid:'"));
            }
        }
    }

    private void needAccepting() {
        if (accepts) {
            return;
        }
        if (settings.isSet(AccessDirectives.BANNER)) {
            findings.error(
                    AccessDirectives.BANNER,
                    "Banner= needs Accept=yes or Handoff=pass: the service has the connection else");
        }
        if (settings.isSet(AccessDirectives.CONNECTION_RATE_PER_SOURCE)) {
            findings.error(
                    AccessDirectives.CONNECTION_RATE_PER_SOURCE,
                    "ConnectionRatePerSource= needs Accept=yes or Handoff=pass: the service accepts else, and nobody counts");
        }
        if (settings.isSet(AccessDirectives.CONNECTION_RATE)) {
            findings.warning(
                    AccessDirectives.CONNECTION_RATE,
                    "ConnectionRate= counts wake-ups with Accept=no; what a running service accepts is not seen");
        }
        if (settings.isSet(AccessDirectives.ON_LIMIT)) {
            findings.warning(
                    AccessDirectives.ON_LIMIT, "OnLimit= has no effect without Accept=yes or Handoff=pass, ignoring");
        }
    }

    private void wakeOn() {
        if (accepts || settings.get(AccessDirectives.WAKE_ON) != WakeOn.FIRST_BYTE) {
            return;
        }
        warnFor(
                each -> each.kind().canAccept() && !isInternet(each),
                AccessDirectives.WAKE_ON,
                "WakeOn=first-byte",
                "the kernel does not tell whether a queued connection has data, so a connection wakes");
    }

    private void treatment() {
        Treatment treatment = settings.get(AccessDirectives.WHILE_SUSPENDED);
        if (treatment.equals(Treatment.HOLD)) {
            return;
        }
        warnFor(
                each -> !each.kind().canAccept(),
                AccessDirectives.WHILE_SUSPENDED,
                "WhileSuspended=" + settings.show(AccessDirectives.WHILE_SUSPENDED),
                "there is no connection that could be answered, so what comes is held");
    }

    private void warnFor(Predicate<ListenSocket> concerned, Directive<?> row, String setting, String why) {
        listen.stream()
                .filter(concerned)
                .forEach(each -> findings.warning(row, setting + " does not hold for " + shown(each) + ": " + why));
    }

    private static String shown(ListenSocket socket) {
        return "'" + socket.address() + "'";
    }

    static boolean isInternet(ListenSocket socket) {
        ListenAddress address = socket.address();
        return address instanceof ListenAddress.AnyPort
                || address instanceof ListenAddress.Inet4
                || address instanceof ListenAddress.Inet6;
    }
}
