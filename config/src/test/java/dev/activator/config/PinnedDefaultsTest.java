package dev.activator.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A default is a promise: whoever changes one changes it here too. */
class PinnedDefaultsTest {

    @Test
    void defaultsOfEveryDirectiveThatIsApplied() {
        Collection<Directive<?>> rows =
                new LinkedHashSet<>(DirectiveTable.socket().properties());
        rows.addAll(DirectiveTable.service().properties());
        List<String> lines = new ArrayList<>();
        for (Directive<?> row : rows) {
            if (row.support() instanceof Support.Applied) {
                lines.add(line(row));
            }
        }
        assertThat(lines).isEqualTo(DirectiveTableTest.lines("defaults.txt"));
    }

    private static <T> String line(Directive<T> row) {
        String note = row.defaultNote().isEmpty() ? "" : " (" + row.defaultNote() + ")";
        return "[" + row.section() + "] " + row.name() + "=" + row.format(row.defaultValue()) + note;
    }
}
