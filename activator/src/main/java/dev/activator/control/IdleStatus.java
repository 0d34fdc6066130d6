package dev.activator.control;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How idle a service is that is up and has an IdleTimeoutSec=.
 *
 * @param action what becomes of it, the word of IdleAction=
 * @param timeoutMicros IdleTimeoutSec=
 * @param idleMicros for how long nothing has used it; 0 while something does
 * @param evidence what the last look saw, {@code 0 connections, 0 bytes, 0.1 % CPU}; empty before the first
 * @param usedBy what used it at the last look; null for nothing
 * @param keptAwakeBy what keeps it awake however idle it is: a setting, an order; null for nothing
 * @param sleepsAt when it goes to sleep if nothing uses it; null while something does or keeps it awake
 */
public record IdleStatus(
        String action,
        long timeoutMicros,
        long idleMicros,
        String evidence,
        @Nullable String usedBy,
        @Nullable String keptAwakeBy,
        @Nullable Instant sleepsAt) {}
