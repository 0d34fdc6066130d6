package dev.activator.listener;

/** What waits in a listener's accept queue, by the bytes that its clients have sent. */
public enum QueueContent {
    /** Nobody waits. */
    EMPTY,
    /** Clients that have sent nothing and are gone: a port scan, a health check. */
    PROBES,
    /** Somebody is connected, and nobody who is has sent anything. */
    SILENT,
    /** Somebody has sent something, or it cannot be told. */
    BYTES
}
