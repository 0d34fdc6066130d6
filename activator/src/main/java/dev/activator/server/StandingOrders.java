package dev.activator.server;

import dev.activator.config.UnitName;
import dev.activator.listener.Timer;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The operator's standing orders, at most one a unit, and their ends. For the loop's thread. */
final class StandingOrders {
    /** Who makes a change of the orders come true. */
    interface Executor {
        /** The unit's order is another one now, or none. {@code before}: what held so far */
        void onOrder(UnitName unit, @Nullable StandingOrder before);
    }

    private final Surroundings surroundings;
    private final Executor executor;
    private final Map<UnitName, Given> orders = new HashMap<>();

    private record Given(
            StandingOrder order,
            @Nullable Timer end,
            @Nullable StandingOrder then) {
        void cancel() {
            if (end != null) {
                end.cancel();
            }
        }
    }

    StandingOrders(Surroundings surroundings, Executor executor) {
        this.surroundings = surroundings;
        this.executor = executor;
    }

    /** Replaces what was ordered of the unit before. */
    void give(UnitName unit, StandingOrder order) {
        StandingOrder before = replace(unit, order, null);
        surroundings.log().note(unit, order.kind().word() + " by " + order.by() + text(order));
        executor.onOrder(unit, before);
    }

    /** Lifts what is ordered of the unit for a while; nothing where nothing is. */
    void interrupt(UnitName unit, StandingOrder meanwhile) {
        StandingOrder before = replace(unit, meanwhile, of(unit));
        surroundings.log().note(unit, meanwhile.kind().word() + " by " + meanwhile.by() + text(meanwhile));
        executor.onOrder(unit, before);
    }

    /** Ends what is ordered of the unit; false where nothing is. */
    boolean lift(UnitName unit, String why) {
        Given given = orders.remove(unit);
        if (given == null) {
            return false;
        }
        given.cancel();
        surroundings.log().note(unit, given.order().kind().word() + " is over, " + why);
        executor.onOrder(unit, given.order());
        return true;
    }

    private @Nullable StandingOrder replace(UnitName unit, StandingOrder order, @Nullable StandingOrder then) {
        Timer end = order.until() == null
                ? null
                : surroundings
                        .loop()
                        .after(
                                Duration.between(surroundings.now(), order.until()),
                                "end of " + order.kind().word() + " of " + unit,
                                () -> expire(unit, then));
        Given before = orders.put(unit, new Given(order, end, then));
        if (before == null) {
            return null;
        }
        before.cancel();
        return before.order();
    }

    private void expire(UnitName unit, @Nullable StandingOrder then) {
        if (then == null) {
            lift(unit, "its time has passed");
        } else {
            give(unit, then);
        }
    }

    private static String text(StandingOrder order) {
        return (order.until() == null ? "" : " until " + order.until().truncatedTo(ChronoUnit.SECONDS))
                + (order.reason().isEmpty() ? "" : ": " + order.reason());
    }

    /** What is ordered of the unit itself; null for nothing. */
    @Nullable
    StandingOrder of(UnitName unit) {
        Given given = orders.isEmpty() ? null : orders.get(unit);
        return given == null ? null : given.order();
    }

    /** Whether nothing is ordered of any unit. */
    boolean isEmpty() {
        return orders.isEmpty();
    }

    /** Whether an order of the unit's own has clients wait. */
    boolean holds(UnitName unit) {
        StandingOrder order = of(unit);
        return order != null && order.kind().holds();
    }

    /** Whether an order has the service stay awake. */
    boolean keepsAwake(UnitName service) {
        StandingOrder order = of(service);
        return order != null && order.kind() == StandingOrder.Kind.WAKE;
    }
}
