package dev.activator.config;

/**
 * Something that must hold when a unit starts. systemd.unit(5) "Conditions and Asserts"
 *
 * @param kind what is looked at, {@code PathExists}
 * @param argument specifiers replaced
 * @param isNegated whether it must not be so
 * @param isTrigger one of those of which one must hold, instead of one that must
 * @param isAssert whether the start fails, instead of being skipped
 */
public record Condition(String kind, String argument, boolean isNegated, boolean isTrigger, boolean isAssert) {
    /** As it is written in a unit file. */
    @Override
    public String toString() {
        return (isAssert ? "Assert" : "Condition") + kind + "=" + value();
    }

    String value() {
        return (isTrigger ? "|" : "") + (isNegated ? "!" : "") + argument;
    }
}
