package dev.activator.control;

/**
 * Metrics as a collector reads them.
 *
 * @param contentType which of the formats it is
 */
public record MetricsText(String contentType, String text) {}
