package dev.activator.server;

import dev.activator.config.UnitName;
import dev.activator.control.Event;
import dev.activator.control.EventFeed;

/** Tells the same to the log and to those who follow events. */
record PublishedEvents(EventLog log, EventFeed feed) implements EventLog {
    @Override
    public void note(UnitName unit, String message) {
        log.note(unit, message);
        feed.publish(Event.Kind.NOTE, unit.toString(), message);
    }

    @Override
    public void warn(UnitName unit, String message) {
        log.warn(unit, message);
        feed.publish(Event.Kind.WARNING, unit.toString(), message);
    }

    @Override
    public void refused(UnitName unit, String message) {
        log.refused(unit, message);
        feed.publish(Event.Kind.REFUSAL, unit.toString(), message);
    }

    @Override
    public void suspended(UnitName unit, String message) {
        log.suspended(unit, message);
        feed.publish(Event.Kind.SUSPENSION, unit.toString(), message);
    }

    @Override
    public void fail(UnitName unit, String message) {
        log.fail(unit, message);
        feed.publish(Event.Kind.FAILURE, unit.toString(), message);
    }

    @Override
    public void transition(UnitName unit, String from, String to, String why) {
        log.transition(unit, from, to, why);
        if (feed.isFollowed()) {
            feed.publish(Event.Kind.TRANSITION, unit.toString(), from + " -> " + to + " (" + why + ")");
        }
    }
}
