package dev.activator.cli;

import picocli.CommandLine.Option;

/** Options that all lists share. */
final class ListOptions {
    @Option(
            names = {"-a", "--all"},
            description = "show what is inactive as well")
    boolean all;

    @Option(
            names = {"-l", "--full"},
            description = "never cut a column to fit the terminal")
    boolean full;

    @Option(names = "--no-legend", description = "print neither headings nor the closing lines")
    boolean withoutLegend;

    boolean legend() {
        return !withoutLegend;
    }
}
