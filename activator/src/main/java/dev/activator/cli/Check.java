package dev.activator.cli;

import dev.activator.control.ActiveState;
import dev.activator.control.UnitStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code is-active is-failed is-enabled}: one word a unit and an exit status for scripts. */
@Command
final class Check implements Callable<Integer> {
    private static final Set<String> ENABLED =
            Set.of("enabled", "enabled-runtime", "static", "alias", "indirect", "generated", "linked");

    private final Question question;

    @ParentCommand
    private @Nullable Activator activator;

    @Option(
            names = {"-q", "--quiet"},
            description = "print nothing, only end with the status")
    private boolean quiet;

    @Parameters(
            paramLabel = "UNIT",
            arity = "1..*",
            description = "unit names; NAME means NAME.service, and * ? [] match as in the shell")
    private List<String> units = new ArrayList<>();

    /** One of the three questions, and how it is answered. */
    enum Question {
        ACTIVE(ExitStatus.NOT_ACTIVE, "inactive", ExitStatus.UNKNOWN),
        FAILED(ExitStatus.FAILED, "inactive", ExitStatus.FAILED),
        ENABLED(ExitStatus.FAILED, "not-found", ExitStatus.UNKNOWN);

        private final int no;
        private final String unknownWord;
        private final int unknown;

        Question(int no, String unknownWord, int unknown) {
            this.no = no;
            this.unknownWord = unknownWord;
            this.unknown = unknown;
        }

        String word(UnitStatus unit) {
            return this == ENABLED
                    ? unit.file().fileState()
                    : unit.state().active().word();
        }

        boolean isYes(UnitStatus unit) {
            return switch (this) {
                case ACTIVE -> unit.state().active().isActive();
                case FAILED -> unit.state().active() == ActiveState.FAILED;
                case ENABLED -> Check.ENABLED.contains(unit.file().fileState());
            };
        }
    }

    Check(Question question) {
        this.question = question;
    }

    @Override
    public Integer call() {
        Activator root = Objects.requireNonNull(activator);
        ControlClient client = root.client();
        Map<String, String> words = new LinkedHashMap<>();
        boolean anyYes = false;
        boolean allUnknown = true;
        for (String name : Selection.names(client, units)) {
            Optional<UnitStatus> unit = client.unit(name);
            String word = unit.map(question::word).orElse(question.unknownWord);
            words.put(name, word);
            anyYes |= unit.map(question::isYes).orElse(false);
            allUnknown &= unit.isEmpty();
        }
        print(root, words);
        return anyYes ? ExitStatus.OK : allUnknown ? question.unknown : question.no;
    }

    private void print(Activator root, Map<String, String> words) {
        if (quiet) {
            return;
        }
        if (root.wantsJson()) {
            root.printJson(words);
        } else {
            words.values().forEach(root.out()::println);
        }
    }
}
