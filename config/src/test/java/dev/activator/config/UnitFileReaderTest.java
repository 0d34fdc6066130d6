package dev.activator.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnitFileReaderTest {

    private static UnitFile read(String text) {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static UnitFile read(byte[] bytes) {
        return UnitFileReader.read(Path.of("x.socket"), bytes);
    }

    private static String value(String text) {
        UnitFile file = read(text);
        assertThat(file.fatal()).isNull();
        assertThat(file.assignments()).hasSize(1);
        return file.assignments().get(0).value();
    }

    @Test
    void blanksAroundNamesAndValuesDoNotCount() {
        UnitFile file = read("[A]\n  Key \t=  some value \t\n");
        assertThat(file.assignments()).hasSize(1);
        Assignment only = file.assignments().get(0);
        assertThat(only.section()).isEqualTo("A");
        assertThat(only.key()).isEqualTo("Key");
        assertThat(only.value()).isEqualTo("some value");
        assertThat(only.keyAt()).hasToString("x.socket:2:3");
        assertThat(only.valueAt(0)).hasToString("x.socket:2:11");
    }

    @Test
    void aBackslashJoinsTheNextLineAndCommentsBetweenAreSkipped() {
        assertThat(value("[A]\nKey=one\\\n# comment \\\n; another\n  two\\\nthree\n"))
                .isEqualTo("one   two three");
    }

    @Test
    void eachPieceOfAContinuedValueKnowsItsPlace() {
        Assignment only =
                read("[A]\nKey=one \\\n# comment\n  two\n").assignments().get(0);
        assertThat(only.valueAt(only.value().indexOf("two"))).hasToString("x.socket:4:3");
    }

    @Test
    void twoBackslashesDoNotContinue() {
        assertThat(read("[A]\nKey=one\\\\\nOther=two\n").assignments()).hasSize(2);
    }

    @Test
    void aContinuationAtTheEndOfTheFileEndsThere() {
        assertThat(value("[A]\nKey=one\\")).isEqualTo("one");
    }

    @Test
    void byteOrderMarkIsSkipped() {
        assertThat(value("\uFEFF[A]\nKey=one\n")).isEqualTo("one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n", "\n\r", "\0", "\n\0", "\r\n\0"})
    void linesEndInDifferentWays(String end) {
        UnitFile file = read("[A]" + end + "Key=one" + end + end + "Other=two" + end);
        assertThat(file.assignments()).extracting(Assignment::value).containsExactly("one", "two");
        assertThat(file.assignments().get(1).line()).isEqualTo(4);
    }

    @Test
    void commentsStandOnTheirOwnLinesOnly() {
        assertThat(value("[A]\n ; a comment\n\t# another\nKey=one # not a comment\n"))
                .isEqualTo("one # not a comment");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[Socket", "[Socket] junk", "[", "[So\"cket]", "[a\\b]"})
    void aWrongHeaderStopsTheReading(String header) {
        UnitFile file = read("[A]\nKey=one\n" + header + "\nKey=two\n");
        assertThat(file.assignments()).hasSize(1);
        assertThat(file.fatal()).isNotNull();
        assertThat(String.valueOf(file.fatal())).contains("x.socket").contains("section header");
    }

    @Test
    void aLineThatIsNotUtf8StopsTheReading() {
        UnitFile file = read("[A]\nKey=caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(String.valueOf(file.fatal())).contains("x.socket:2:1").contains("not UTF-8");
    }

    @Test
    void aCommentNeedNotBeUtf8() {
        assertThat(read("[A]\n# caf\u00e9\nKey=x\n".getBytes(StandardCharsets.ISO_8859_1))
                        .assignments())
                .hasSize(1);
    }

    @Test
    void linesOutsideOfSectionsAndWithoutNamesAreSkipped() {
        UnitFile file = read("Key=one\n[A]\nno equals\n=two\nKey=three\n");
        assertThat(file.assignments()).hasSize(1);
        assertThat(file.flaws())
                .extracting(UnitFile.Flaw::message)
                .containsExactly(
                        "assignment outside of a section, ignoring",
                        "'no equals' has no '=', ignoring the line",
                        "no name before '=', ignoring the line");
    }

    @Test
    void aLineOfOneMegabyteStopsTheReading() {
        assertThat(String.valueOf(read("[A]\nKey=" + "x".repeat(1 << 20) + "\n").fatal()))
                .contains("longer than 1 MB");
        assertThat(value("[A]\nKey=" + "x".repeat((1 << 20) - 10) + "\n")).hasSize((1 << 20) - 10);
    }

    @Test
    void continuedLinesOfOneMegabyteTogetherStopTheReading() {
        String text = "[A]\nKey=" + ("x".repeat(1000) + "\\\n").repeat(2000);
        assertThat(String.valueOf(read(text).fatal())).contains("longer than 1 MB");
    }

    @Test
    void binaryFilesGiveOneProblem() {
        byte[] bytes = new byte[100_000];
        new java.util.Random(1).nextBytes(bytes);
        UnitFile file = read(bytes);
        assertThat(file.flaws().size() + (file.fatal() == null ? 0 : 1)).isBetween(1, 102);
    }

    @Test
    void aLongListOfWrongLinesIsCutShort() {
        assertThat(read("wrong\n".repeat(10_000)).flaws()).hasSize(101);
    }

    @Test
    void hundredThousandContinuedLinesAreReadInLinearTime() {
        String text = "[A]\nKey=" + "x \\\n".repeat(100_000) + "end\n";
        long start = System.nanoTime();
        Assignment only = read(text).assignments().get(0);
        // Quadratic reading of these 400 kB would move 20 GB; linear takes some milliseconds.
        assertThat(System.nanoTime() - start).isLessThan(2_000_000_000L);
        assertThat(only.valueAt(only.value().length() - 1)).hasToString("x.socket:100002:3");
    }
}
