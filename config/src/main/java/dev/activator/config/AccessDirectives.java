package dev.activator.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rows of [X-Activator] that say whom a socket lets in, what wakes its service, and what becomes of the others. Sockets only. */
public final class AccessDirectives {
    private static final Rows ROWS = new Rows("X-Activator");
    private static final Set<String> DOORS = Set.of("AllowFrom", "DenyFrom", "AccessTimes");

    public static final Directive<List<AccessRule>> ALLOW_FROM = ours(ROWS.row(
            "AllowFrom",
            AccessRuleSyntax.RULES,
            List.of(),
            "Lets in these clients only; the narrowest match decides."));

    public static final Directive<List<AccessRule>> DENY_FROM =
            ours(ROWS.row("DenyFrom", AccessRuleSyntax.RULES, List.of(), "Keeps these clients out."));

    public static final Directive<DailyHours> ACCESS_TIMES = ours(ROWS.row(
            "AccessTimes", Syntaxes.HOURS, DailyHours.ALWAYS, "When the service is woken, by the host's local time."));

    public static final Directive<Optional<ConnectionRate>> CONNECTION_RATE = ours(ROWS.row(
            "ConnectionRate",
            ConnectionRate.SYNTAX.optional().resettable(),
            Optional.empty(),
            "How many connections are taken in a time; further ones wait until it is over."));

    public static final Directive<Optional<ConnectionRate>> CONNECTION_RATE_PER_SOURCE = ours(ROWS.row(
            "ConnectionRatePerSource",
            ConnectionRate.SYNTAX.optional().resettable(),
            Optional.empty(),
            "The same for one IPv4 address, IPv6 /64 network or Unix user; further ones are refused."));

    public static final Directive<Optional<Double>> MAX_LOAD = ours(ROWS.row(
            "MaxLoad",
            Scalar.of("load average", (text, scope) -> load(text), String::valueOf)
                    .optional()
                    .resettable(),
            Optional.empty(),
            "Wakes nothing while the load average of the last minute is above it."));

    public static final Directive<WakeOn> WAKE_ON = ours(
            ROWS.row("WakeOn", Syntaxes.word(WakeOn.class), WakeOn.CONNECTION, "What wakes the service of a socket."));

    public static final Directive<Optional<String>> BANNER = ours(ROWS.row(
            "Banner",
            Syntaxes.ABSOLUTE_PATH.optional(),
            Optional.empty(),
            "File that each client is sent before its service has it; Accept=yes and Handoff=pass only."));

    public static final Directive<Treatment> WHILE_SUSPENDED = ours(ROWS.row(
            "WhileSuspended",
            TreatmentSyntax.SUSPENDED,
            Treatment.HOLD,
            "What becomes of clients while the activation is suspended."));

    public static final Directive<Treatment> ON_LIMIT = ours(ROWS.row(
            "OnLimit",
            TreatmentSyntax.OVER_LIMIT,
            Treatment.HOLD,
            "What becomes of a connection that is over MaxConnections=."));

    private AccessDirectives() {}

    private static <T> Directive<T> ours(Directive<T> row) {
        return ROWS.add(row.relation(Relation.OURS));
    }

    private static double load(String text) throws BadValue {
        if (!text.matches("[0-9]{1,6}(\\.[0-9]{1,3})?") || Double.parseDouble(text) == 0) {
            throw BadValue.ignored("expected a load average above 0, such as '8' or '2.5'");
        }
        return Double.parseDouble(text);
    }

    static List<Directive<?>> rows() {
        return ROWS.all();
    }

    /** In a service they would hold for nothing, and one that seems to close a door keeps it from starting. */
    static Directive<?> inService(Directive<?> row) {
        String why = "it holds for sockets; set it in the socket unit";
        return DOORS.contains(row.name()) ? row.refused(why) : row.unsupported(why);
    }
}
