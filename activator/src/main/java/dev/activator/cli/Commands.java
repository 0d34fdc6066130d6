package dev.activator.cli;

import dev.activator.control.Suggestion;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Parses command lines, carries them out and words what goes wrong with them. */
final class Commands {
    private static final int HELP_WIDTH = 100;
    private static final int VERB_WIDTH = 18;

    private Commands() {}

    /**
     * Carries out one command line.
     *
     * @return its exit status, see docs/cli.md
     */
    static int execute(Terminal terminal, Map<String, String> environment, String... args) {
        CommandLine command = Verbs.commandLine(new Activator(terminal, environment));
        StringWriter help = new StringWriter();
        command.setOut(new PrintWriter(help, true));
        command.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
        command.setUsageHelpWidth(
                terminal.columns() == 0
                        ? HELP_WIDTH
                        : Math.max(UsageMessageSpec.DEFAULT_USAGE_WIDTH, Math.min(HELP_WIDTH, terminal.columns())));
        command.setColorScheme(Help.defaultColorScheme(terminal.hasColors() ? Help.Ansi.ON : Help.Ansi.OFF));
        command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, Commands::verbList);
        command.setExecutionExceptionHandler((failure, failed, parsed) -> report(terminal, failure));
        command.setParameterExceptionHandler((wrong, words) -> usage(terminal, wrong));
        try {
            int status = command.execute(args);
            terminal.out().print(help);
            terminal.out().flush();
            return status;
        } catch (Failure unwritten) {
            return report(terminal, unwritten);
        }
    }

    private static int report(Terminal terminal, Exception failure) {
        if (failure instanceof Failure said) {
            terminal.err().println(said.getMessage());
            return said.exitStatus();
        }
        terminal.err().println("activator: internal error, please report it:");
        failure.printStackTrace(terminal.err());
        return ExitStatus.DEFECT;
    }

    private static int usage(Terminal terminal, ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        boolean isVerb = command.getParent() == null
                && wrong instanceof UnmatchedArgumentException unmatched
                && !unmatched.isUnknownOption();
        if (isVerb) {
            String word = ((UnmatchedArgumentException) wrong).getUnmatched().get(0);
            String hint = Suggestion.closest(word, command.getSubcommands().keySet())
                    .map(near -> "; did you mean '" + near + "'?")
                    .orElse("");
            terminal.err().println("Unknown verb '" + word + "'" + hint);
        } else {
            terminal.err().println(wrong.getMessage());
        }
        terminal.err().println("See '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return ExitStatus.USAGE;
    }

    private static String verbList(Help help) {
        Map<String, Help> verbs = help.subcommands();
        if (verbs.isEmpty()) {
            return "";
        }
        StringBuilder list = new StringBuilder();
        for (Verbs.Group group : Verbs.GROUPS) {
            list.append(System.lineSeparator())
                    .append(group.heading())
                    .append(':')
                    .append(System.lineSeparator());
            for (String verb : group.verbs()) {
                list.append("  ").append(verb).append(" ".repeat(Math.max(1, VERB_WIDTH - verb.length())));
                list.append(firstSentence(Objects.requireNonNull(verbs.get(verb))
                        .commandSpec()
                        .usageMessage()
                        .description()));
                list.append(System.lineSeparator());
            }
        }
        return list.toString();
    }

    static String firstSentence(String... description) {
        String text = String.join(" ", List.of(description));
        int end = text.indexOf(". ");
        String sentence = end < 0 ? text : text.substring(0, end);
        return sentence.split("[;:] ", 2)[0].replaceFirst("\\.$", "");
    }
}
