package dev.activator.server;

import java.time.Duration;

/** Something that speaks against waking or accepting, and will pass. */
record Obstacle(SuspensionCause cause, Duration delay, String why) {}
