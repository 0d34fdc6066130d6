package dev.activator.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentTest {

    private static Map<String, String> environment(String... lines) {
        return Units.good(Units.service(lines)).get(ExecDirectives.ENVIRONMENT);
    }

    @Test
    void wordsAreVariablesAndQuotesHoldBlanksTogether() {
        assertThat(environment("Environment=A=b \"C=d e\" 'F=\"g\"' H= I=%p J=100%%"))
                .isEqualTo(Map.of("A", "b", "C", "d e", "F", "\"g\"", "H", "", "I", "test", "J", "100%"));
    }

    @Test
    void laterAssignmentsAddAndReplaceAndAnEmptyOneTakesAllBack() {
        assertThat(environment("Environment=A=1 B=2", "Environment=B=3 C=4"))
                .isEqualTo(Map.of("A", "1", "B", "3", "C", "4"));
        assertThat(environment("Environment=A=1", "Environment=", "Environment=B=2"))
                .isEqualTo(Map.of("B", "2"));
    }

    @Test
    void aWrongWordIsLeftOutAndTheRestCounts() {
        UnitText.Parsed parsed = Units.service("Environment=A=1 1B=2 C D=4");
        assertThat(parsed.unit()).isNotNull();
        assertThat(Units.loaded(parsed).get(ExecDirectives.ENVIRONMENT)).isEqualTo(Map.of("A", "1", "D", "4"));
        assertThat(Units.messages(parsed))
                .containsExactly(
                        "test.service:3:17: warning: Environment= '1B=2': expected NAME=value, ignoring this word",
                        "test.service:3:22: warning: Environment= 'C': expected NAME=value, ignoring this word");
    }

    @Test
    void aWrongEscapeSpoilsTheAssignment() {
        assertThat(Units.messages(Units.service("Environment=A=b\\q")))
                .containsExactly("test.service:3:13: warning: Environment= 'A=b\\q': unknown escape '\\q', ignoring");
    }

    @Test
    void environmentFilesAreListedInOrder() {
        Unit unit = Units.good(Units.service("EnvironmentFile=/etc/default/x", "EnvironmentFile=-/etc/%p"));
        assertThat(unit.get(ExecDirectives.ENVIRONMENT_FILE))
                .isEqualTo(
                        List.of(new EnvironmentFile("/etc/default/x", false), new EnvironmentFile("/etc/test", true)));
    }

    @Test
    void environmentFilesHaveAShellsSyntaxInPart() {
        String text = """
                # comment \\
                A=plain value\t
                 B = "double \\"quoted\\" $HOME \\$ \\n"
                C='single \\n' more
                D=one \\
                two
                ; comment
                E=a\\ b\\#c
                F=
                no equals
                G="two
                lines"'!'
                A=last
                1H=bad name
                export I=bad too
                J=x#y""";
        assertThat(EnvironmentFiles.parse(text))
                .isEqualTo(Map.of(
                        "A", "last",
                        "B", "double \"quoted\" $HOME $ \\n",
                        "C", "single \\nmore",
                        "D", "one two",
                        "E", "a b#c",
                        "F", "",
                        "G", "two\nlines!",
                        "J", "x#y"));
    }
}
