package dev.activator.control;

import java.time.Instant;
import java.util.List;

/**
 * One job under way.
 *
 * @param number counts up from the super-server's start
 * @param kind {@code start stop restart verify-active}
 * @param state {@code running}, or {@code waiting} for others
 * @param cause what it is for
 * @param waitsFor units whose jobs come first
 */
public record JobStatus(
        int number, String unit, String kind, String state, Instant since, String cause, List<String> waitsFor) {
    public JobStatus {
        waitsFor = List.copyOf(waitsFor);
    }
}
