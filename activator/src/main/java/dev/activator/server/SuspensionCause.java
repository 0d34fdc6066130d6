package dev.activator.server;

import java.util.Locale;

/** What an activation can rest for; each ends by itself. */
enum SuspensionCause {
    /** No descriptors or no memory to accept with. */
    SHORTAGE,
    /** The service that the socket names is not loaded. */
    NO_SERVICE,
    /** The service fails again and again. */
    SERVICE_FAILED,
    /** StartLimitBurst= of the service. */
    START_LIMIT,
    /** TriggerLimitBurst=. */
    TRIGGER_LIMIT,
    /** The service ends with success again and again and leaves everybody in the queue. */
    NOTHING_ACCEPTED,
    /** PollLimitBurst=. */
    POLL_LIMIT,
    /** ConnectionRate=. */
    CONNECTION_RATE,
    /** AccessTimes=. */
    ACCESS_TIMES,
    /** MaxLoad=. */
    LOAD;

    /** As lists and JSON have it, {@code trigger-limit}. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether a connection can be accepted meanwhile, be it to say that it is not served. */
    boolean canAnswer() {
        return this != SHORTAGE;
    }
}
