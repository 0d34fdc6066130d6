package dev.activator.handoff;

/** What a watched process was launched from. */
record LaunchOrigin(LaunchPlan plan, ExecChain chain) {}
