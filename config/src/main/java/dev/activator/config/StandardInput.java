package dev.activator.config;

/** What a process finds on fd 0. {@code toString} gives the assignment again. systemd.exec(5) StandardInput=. */
public sealed interface StandardInput {
    /** /dev/null. */
    record Null() implements StandardInput {
        @Override
        public String toString() {
            return "null";
        }
    }

    /** The one socket of the activation: the connection, or the listener. */
    record Socket() implements StandardInput {
        @Override
        public String toString() {
            return "socket";
        }
    }

    /** A terminal. */
    record Tty(Sharing sharing) implements StandardInput {
        @Override
        public String toString() {
            return sharing == Sharing.WAIT ? "tty" : "tty-" + sharing.name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** What to do where another process controls the terminal. */
    enum Sharing {
        WAIT,
        FORCE,
        FAIL
    }

    /** The bytes of StandardInputText= and StandardInputData=. */
    record Inline() implements StandardInput {
        @Override
        public String toString() {
            return "data";
        }
    }

    /** A file, FIFO or Unix socket, opened for reading; absolute path. */
    record File(String path) implements StandardInput {
        @Override
        public String toString() {
            return "file:" + path;
        }
    }

    /** A descriptor of the unit's sockets by its name; {@code stdin} where none is written. */
    record Fd(String name) implements StandardInput {
        @Override
        public String toString() {
            return "fd:" + name;
        }
    }
}
