package dev.activator.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hours of the week; assignments add to each other. Hours that mean nothing refuse the unit: ignored, they would open or close a door. */
record DailyHoursSyntax() implements ValueSyntax<DailyHours> {
    @Override
    public String grammar() {
        return "hours such as Mon..Fri 08:00-18:00, or always";
    }

    @Override
    public boolean isList() {
        return true;
    }

    @Override
    public DailyHours parse(@Nullable DailyHours soFar, String text, ValueScope scope) throws BadValue {
        try {
            DailyHours hours = DailyHours.parse(text);
            return soFar == null ? hours : soFar.and(hours);
        } catch (IllegalArgumentException e) {
            throw BadValue.fatal(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public List<String> assignments(DailyHours hours) {
        return hours.ranges().isEmpty() ? List.of() : List.of(hours.toString());
    }
}
