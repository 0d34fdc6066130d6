package dev.activator.listener;

/** Told by the {@link Loop} that a watched descriptor has something; runs on the loop's thread and must not block. */
@FunctionalInterface
public interface ReadinessCallback {
    void onReady(Readiness readiness);
}
