package dev.activator.config;

/** Where fd 1 or fd 2 of a process goes. {@code toString} gives the assignment again. systemd.exec(5) StandardOutput=. */
public sealed interface StandardOutput {
    /** /dev/null. */
    record Null() implements StandardOutput {
        @Override
        public String toString() {
            return "null";
        }
    }

    /** Where fd 0 goes, for fd 1; where fd 1 goes, for fd 2. */
    record Inherit() implements StandardOutput {
        @Override
        public String toString() {
            return "inherit";
        }
    }

    /** The unit's log; systemd's word for it is kept. */
    record Journal() implements StandardOutput {
        @Override
        public String toString() {
            return "journal";
        }
    }

    /** The unit's log, by systemd's words for it together with the kernel's log or the console, which are not written to. */
    record JournalAnd(String word) implements StandardOutput {
        @Override
        public String toString() {
            return word;
        }
    }

    /** A terminal. */
    record Tty() implements StandardOutput {
        @Override
        public String toString() {
            return "tty";
        }
    }

    /** The one socket of the activation. */
    record Socket() implements StandardOutput {
        @Override
        public String toString() {
            return "socket";
        }
    }

    /** A file or Unix socket; absolute path. */
    record File(String path, Mode mode) implements StandardOutput {
        @Override
        public String toString() {
            return mode.word + ":" + path;
        }
    }

    /** How a file is opened; it is made if it does not exist. */
    enum Mode {
        /** Written from the start, what was longer stays. */
        OVERWRITE("file"),
        APPEND("append"),
        TRUNCATE("truncate");

        private final String word;

        Mode(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /** A descriptor of the unit's sockets by its name; {@code stdout} or {@code stderr} where none is written. */
    record Fd(String name) implements StandardOutput {
        @Override
        public String toString() {
            return "fd:" + name;
        }
    }
}
