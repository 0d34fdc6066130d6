package dev.activator.cli;

/** What the commands end with, as systemctl does. systemctl(1), LSB init script actions. */
public final class ExitStatus {
    public static final int OK = 0;
    public static final int FAILED = 1;
    public static final int USAGE = 2;
    static final int NOT_ACTIVE = 3;
    public static final int UNKNOWN = 4;

    /** A defect of the program itself. */
    static final int DEFECT = 101;

    private ExitStatus() {}
}
