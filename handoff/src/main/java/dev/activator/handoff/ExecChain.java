package dev.activator.handoff;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The programs that a process runs through, by exec, before it runs the planned one; mostly few, often none. Immutable.
 *
 * @param file what is spawned: the first stage's program, or the planned one
 * @param argv its whole vector, the rest of the chain included
 * @param environment what is spawned with; variables that could harm or be harmed by a stage are set by the last one instead
 * @param deviations what the plan asked for and the host does not allow, each a sentence
 */
record ExecChain(
        String file,
        List<String> argv,
        List<ExecStage> stages,
        SortedMap<String, String> environment,
        List<String> deviations) {

    ExecChain {
        argv = List.copyOf(argv);
        stages = List.copyOf(stages);
        deviations = List.copyOf(deviations);
    }

    /** Whether the planned program is spawned at once. */
    boolean isDirect() {
        return stages.isEmpty();
    }

    /** Whether a process whose command line begins like this (words that end in NUL each) is in one of the stages. */
    boolean isStage(byte[] commandLine) {
        int from = 0;
        for (ExecStage stage : stages) {
            byte[] ofStage = commandLine(argv.subList(from, argv.size()));
            if (Arrays.equals(commandLine, Arrays.copyOf(ofStage, Math.min(ofStage.length, ProcFile.LONGEST)))) {
                return true;
            }
            from += stage.command().size();
        }
        return false;
    }

    /**
     * The step that failed where a process exits under that name with that code; null where the program itself ran.
     *
     * <p>A stage is told from the program by the process's name. Both have the same only where the unit's own program is one
     * of setpriv, prlimit, nice and env, and the chain needs that one too.
     */
    @Nullable
    LaunchStage failure(String comm, int code) {
        for (ExecStage stage : stages) {
            if (stage.comm().equals(comm)) {
                return stage.failure(code);
            }
        }
        return null;
    }

    boolean isStageName(String comm) {
        return stages.stream().anyMatch(stage -> stage.comm().equals(comm));
    }

    private static byte[] commandLine(List<String> words) {
        return (String.join("\0", words) + "\0").getBytes(StandardCharsets.UTF_8);
    }

    /** Puts stages together; the last one added runs last. */
    static final class Assembly {
        /** The kernel keeps 15 bytes of a program's name. */
        private static final int COMM_LENGTH = 15;

        private final List<ExecStage> stages = new ArrayList<>();

        void add(ExecStage stage) {
            stages.add(stage);
        }

        void add(List<String> command, Map<Integer, LaunchStage> failures) {
            String name = String.valueOf(Path.of(command.get(0)).getFileName());
            stages.add(new ExecStage(
                    name.length() > COMM_LENGTH ? name.substring(0, COMM_LENGTH) : name, command, failures));
        }

        boolean isEmpty() {
            return stages.isEmpty();
        }

        ExecChain chain(
                String executable, List<String> argv, SortedMap<String, String> environment, List<String> deviations) {
            if (stages.isEmpty()) {
                return new ExecChain(executable, argv, stages, environment, deviations);
            }
            List<String> words = new ArrayList<>();
            stages.forEach(stage -> words.addAll(stage.command()));
            words.add(executable);
            words.addAll(argv.subList(1, argv.size()));
            return new ExecChain(words.get(0), words, stages, environment, deviations);
        }
    }
}
