package dev.activator.config;

import java.time.Duration;

/**
 * At most so many in each such time. As in xinetd's {@code cps}, but with nothing to wait for once the time is over.
 *
 * @param count 1 or more
 * @param interval above zero
 */
public record ConnectionRate(int count, Duration interval) {
    static final Scalar<ConnectionRate> SYNTAX =
            Scalar.of("number/time span", (text, scope) -> parse(text), ConnectionRate::toString);

    public ConnectionRate {
        if (count < 1 || interval.isZero() || interval.isNegative()) {
            throw new IllegalArgumentException("no such rate: " + count + " in " + interval);
        }
    }

    /** {@code 50/1s}, {@code 1000/min}; without a time, in a second. */
    private static ConnectionRate parse(String text) throws BadValue {
        int slash = text.indexOf('/');
        String span = slash < 0 ? "1s" : text.substring(slash + 1).strip();
        try {
            int count = (int) Numbers.parse(slash < 0 ? text : text.substring(0, slash), 1, Integer.MAX_VALUE);
            Duration interval =
                    Syntaxes.duration(Character.isLetter(span.isEmpty() ? ' ' : span.charAt(0)) ? "1" + span : span);
            if (!interval.isZero() && !TimeSpan.isInfinite(interval)) {
                return new ConnectionRate(count, interval);
            }
        } catch (BadValue e) {
            // Said below, with an example of the whole.
        }
        throw BadValue.fatal("expected a number from 1 on and a time, such as '50/1s' or '1000/1min'");
    }

    @Override
    public String toString() {
        return count + "/" + TimeSpan.format(interval);
    }
}
