package dev.activator.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {
    private static final Map<String, String> VARIABLES = Map.of("A", "one two", "Q", "'one two' three", "E", "");

    private static UnitText.Parsed exec(String line) {
        return Units.parse("test.service", "[Service]", "Type=oneshot", "ExecStart=" + line);
    }

    private static CommandLine command(String line) {
        List<CommandLine> commands = Units.good(exec(line)).get(ServiceDirectives.EXEC_START);
        assertThat(commands).hasSize(1);
        return commands.get(0);
    }

    private static List<String> argv(String line) {
        return command("/bin/x " + line)
                .argv(VARIABLES, SocketReferences.NONE)
                .subList(
                        1,
                        command("/bin/x " + line)
                                .argv(VARIABLES, SocketReferences.NONE)
                                .size());
    }

    @Test
    void aCommandHasAPathAndArguments() {
        CommandLine command = command("/usr/bin/web  --name %p 'two words' \"a\\tb\" x\\x41");
        assertThat(command.path()).isEqualTo("/usr/bin/web");
        assertThat(command.rawArgs()).containsExactly("/usr/bin/web", "--name", "test", "two words", "a\tb", "xA");
        assertThat(command.privileges()).isEqualTo(CommandLine.Privileges.UNIT);
    }

    @Test
    void prefixesStandInAnyOrder() {
        CommandLine command = command("-@:+/usr/sbin/tcpd in.echod -x $A");
        assertThat(command.path()).isEqualTo("/usr/sbin/tcpd");
        assertThat(command.rawArgs()).containsExactly("in.echod", "-x", "$A");
        assertThat(command.ignoreFailure() && command.explicitArgv0() && command.noExpansion())
                .isTrue();
        assertThat(command.privileges()).isEqualTo(CommandLine.Privileges.FULL);
        assertThat(command.argv(VARIABLES, SocketReferences.NONE)).containsExactly("in.echod", "-x", "$A");
        assertThat(command("!/bin/x").privileges()).isEqualTo(CommandLine.Privileges.NO_USER_SWITCH);
        assertThat(command("!!/bin/x").privileges()).isEqualTo(CommandLine.Privileges.UNIT);
    }

    @Test
    void theShellGetsTheWholeLine() {
        assertThat(command("|'echo hello'").rawArgs()).containsExactly("sh", "echo hello");
        assertThat(command("@| -c true").rawArgs()).containsExactly("-sh", "-c", "true");
        assertThat(command("|x").viaShell()).isTrue();
    }

    @Test
    void semicolonsSeparateCommandsUnlessEscaped() {
        List<CommandLine> commands =
                Units.good(exec("/bin/a 1 ; -/bin/b \\; 2 ';'")).get(ServiceDirectives.EXEC_START);
        assertThat(commands).extracting(CommandLine::path).containsExactly("/bin/a", "/bin/b");
        assertThat(commands.get(1).rawArgs()).containsExactly("/bin/b", ";", "2", ";");
        assertThat(commands.get(0).ignoreFailure()).isFalse();
        assertThat(commands.get(1).ignoreFailure()).isTrue();
    }

    @Test
    void variablesAloneAreSplitAndOthersAreNot() {
        assertThat(argv("$A")).containsExactly("one", "two");
        assertThat(argv("$Q")).containsExactly("one two", "three");
        assertThat(argv("\"$A\"")).containsExactly("one", "two");
        assertThat(argv("${A}")).containsExactly("one two");
        assertThat(argv("x${A}y")).containsExactly("xone twoy");
        assertThat(argv("x$A")).containsExactly("x$A");
    }

    @Test
    void whatIsUnsetVanishes() {
        assertThat(argv("$NO $E $(id) $1 end")).containsExactly("end");
        assertThat(argv("${NO} a${NO}b")).containsExactly("", "ab");
    }

    @Test
    void doubledDollarsAreOne() {
        assertThat(argv("$$A $${A} a$$b ${A:-x} ${A")).containsExactly("$A", "${A}", "a$b", "${A:-x}", "${A");
    }

    @Test
    void anEmptyAssignmentTakesEarlierCommandsBack() {
        Unit unit = Units.good(Units.service("ExecStart=", "ExecStart=/bin/other"));
        assertThat(unit.get(ServiceDirectives.EXEC_START))
                .extracting(CommandLine::path)
                .containsExactly("/bin/other");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "foo/bar | program 'foo/bar' must be an absolute path, or a file name without '/' that is searched for",
                "/bin/x/ | program '/bin/x/' is a directory",
                "@/bin/x | '@' needs argv[0] behind the program",
                "/bin/x 'a | quote ' is not closed",
                "+ | names no program",
            })
    void aWrongProgramRefusesTheUnit(String line, String reason) {
        UnitText.Parsed parsed = exec(line);
        assertThat(parsed.unit()).isNull();
        assertThat(Units.messages(parsed)).first().asString().endsWith(reason + ", 'test.service' not loaded");
    }

    @Test
    void aWrongProgramWhoseFailureIsIgnoredIsOnlyLeftOut() {
        UnitText.Parsed parsed = Units.service("ExecStartPre=-foo/bar");
        assertThat(parsed.unit()).isNotNull();
        assertThat(Units.messages(parsed)).singleElement().asString().endsWith(", ignoring");
    }

    @Test
    void anUnknownEscapeStaysAsItStands() {
        UnitText.Parsed parsed = exec("/bin/x a\\qb");
        assertThat(parsed.unit()).isNotNull();
        assertThat(Units.loaded(parsed).get(ServiceDirectives.EXEC_START).get(0).rawArgs())
                .containsExactly("/bin/x", "a\\qb");
        assertThat(Units.messages(parsed)).singleElement().asString().contains("unknown escape '\\q'");
    }

    @Test
    void aCommandThatEndsInAnEscapedBlankIsReadBackAsItWasPrinted() {
        for (String value :
                List.of("/bin/a x\\  ; /bin/b", "/bin/a\\  ; ;", "/bin/a \\\t ; /bin/b", "/bin/a é\u2003 ;")) {
            ServiceUnit unit = (ServiceUnit) Units.loaded(exec(value));
            UnitText.Parsed printed =
                    Units.parse("test.service", UnitText.print(unit).split("\n"));
            assertThat(printed.unit()).as("%s", UnitText.print(unit)).isEqualTo(unit);
        }
        CommandLine first = Units.loaded(exec("/bin/a x\\  ; /bin/b"))
                .get(ServiceDirectives.EXEC_START)
                .get(0);
        assertThat(first.rawArgs()).containsExactly("/bin/a", "x\\ ");
        assertThat(first.text()).isEqualTo("/bin/a x\\ ");
    }
}
