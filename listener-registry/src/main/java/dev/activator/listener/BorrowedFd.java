package dev.activator.listener;

/**
 * A file descriptor lent by its {@link OwnedFd}: valid while the owner keeps it open, never closed through this.
 *
 * @param purpose what it is for, {@code listener web.socket tcp 0.0.0.0:80}
 */
public record BorrowedFd(int number, String purpose) {
    public BorrowedFd {
        if (number < 0) {
            throw new IllegalArgumentException(purpose + ": no file descriptor: " + number);
        }
    }

    @Override
    public String toString() {
        return "fd " + number + " (" + purpose + ")";
    }
}
