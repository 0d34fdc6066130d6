package dev.activator.listener;

import org.jspecify.annotations.Nullable;

/** A file descriptor lent by its {@link OwnedFd}: valid while the owner keeps it open, never closed through this. */
public final class BorrowedFd {
    private final int number;
    private final Object purpose;

    /** @param purpose what it is for, {@code listener web.socket tcp 0.0.0.0:80}: a text, or something whose text it is */
    public BorrowedFd(int number, Object purpose) {
        if (number < 0) {
            throw new IllegalArgumentException(purpose + ": no file descriptor: " + number);
        }
        this.number = number;
        this.purpose = purpose;
    }

    public int number() {
        return number;
    }

    /** What it is for. */
    public String purpose() {
        return purpose.toString();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof BorrowedFd that
                && number == that.number
                && (purpose.equals(that.purpose) || purpose().equals(that.purpose()));
    }

    @Override
    public int hashCode() {
        return number;
    }

    @Override
    public String toString() {
        return "fd " + number + " (" + purpose + ")";
    }
}
