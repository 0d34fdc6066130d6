package dev.activator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** 2026-11-23 is a Monday. */
class DailyHoursTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "08:00-18:00 | 2026-11-23T08:00 | true",
                "08:00-18:00 | 2026-11-23T07:59:59 | false",
                "08:00-18:00 | 2026-11-28T17:59:59 | true",
                "08:00-18:00 | 2026-11-23T18:00 | false",
                "Mon..Fri 08:00-18:00 | 2026-11-27T12:00 | true",
                "Mon..Fri 08:00-18:00 | 2026-11-28T12:00 | false",
                "Mon..Fri 8:00-12:00 13:00-18:00 Sat 10:00-14:00 | 2026-11-23T12:30 | false",
                "Mon..Fri 8:00-12:00 13:00-18:00 Sat 10:00-14:00 | 2026-11-28T10:00 | true",
                "Fri 22:00-06:00 | 2026-11-28T05:59 | true",
                "Fri 22:00-06:00 | 2026-11-27T05:59 | false",
                "Sat..Mon | 2026-11-23T00:00 | true",
                "Sat,Sun | 2026-11-23T00:00 | false",
                "sunday 22:00-02:00 | 2026-11-23T01:00 | true",
                "18:00-00:00 | 2026-11-23T23:59 | true",
                "always | 2026-11-23T03:00 | true",
            })
    void aMomentIsWithinTheHoursOrNot(String hours, LocalDateTime moment, boolean within) {
        assertThat(DailyHours.parse(hours).includes(moment)).isEqualTo(within);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "08:00-18:00 | 2026-11-23T08:00 | 2026-11-23T18:00",
                "08:00-18:00 | 2026-11-23T18:00 | 2026-11-24T08:00",
                "Mon 08:00-18:00 | 2026-11-23T18:00 | 2026-11-30T08:00",
                "Mon..Fri 00:00-24:00 | 2026-11-23T12:00 | 2026-11-28T00:00",
                "22:00-06:00 | 2026-11-23T02:00 | 2026-11-23T06:00",
                "08:00-12:00 11:00-13:00 | 2026-11-23T10:00 | 2026-11-23T13:00",
            })
    void theNextChangeIsWhenTheAnswerChanges(String hours, LocalDateTime now, LocalDateTime change) {
        assertThat(DailyHours.parse(hours).nextChange(now)).contains(change);
    }

    @Test
    void whatAlwaysOrNeverHoldsHasNoChange() {
        LocalDateTime now = LocalDateTime.parse("2026-11-23T12:00");
        assertThat(DailyHours.ALWAYS.nextChange(now)).isEmpty();
        assertThat(DailyHours.NEVER.nextChange(now)).isEmpty();
        assertThat(DailyHours.NEVER.includes(now)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "8:00-18:00 | 08:00-18:00",
                "monday..friday 8:00-9:00 | Mon..Fri 08:00-09:00",
                "Sun,Sat | Sat,Sun 00:00-24:00",
                "Mon..Sun 00:00-24:00 | always",
                "Mon 1:00-2:00 Mon..Sun 3:00-4:00 | 03:00-04:00 Mon 01:00-02:00",
                "Fri..Mon | Mon,Fri,Sat,Sun 00:00-24:00",
            })
    void hoursAreShownInTheShortestForm(String text, String shown) {
        assertThat(DailyHours.parse(text)).hasToString(shown);
        assertThat(DailyHours.parse(shown)).hasToString(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "8-18", "25:00-26:00", "08:60-09:00", "24:00-24:00", "08:00-08:00", "Mon..", "8:00", "never"
            })
    void anythingElseIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> DailyHours.parse(text));
    }

    @Test
    void aMistypedDayIsSuggested() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DailyHours.parse("Mondya 08:00-18:00"))
                .withMessage("'Mondya' is neither days such as 'Mon..Fri' or 'Sat,Sun' nor hours such as "
                        + "'08:00-18:00'; did you mean 'Mon'?");
    }

    @Test
    void hoursOfEveryDayBehindHoursOfSomeAreWrittenSoThatTheyReadTheSame() {
        DailyHours some = DailyHours.parse("Mon..Fri 08:00-18:00");
        DailyHours hours = some.and(DailyHours.ALWAYS);
        assertThat(DailyHours.parse(hours.toString())).isEqualTo(hours);
        assertThat(hours).hasToString("00:00-24:00 Mon..Fri 08:00-18:00");
    }
}
