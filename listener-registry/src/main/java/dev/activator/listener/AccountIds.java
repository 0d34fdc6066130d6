package dev.activator.listener;

import java.util.OptionalInt;

/** Numbers of users and groups by name, resolved beforehand: a look-up may block, and this is asked on the loop. */
public interface AccountIds {
    /** Knows no names; numbers in unit files need none. */
    AccountIds NONE = new AccountIds() {
        @Override
        public OptionalInt uid(String user) {
            return OptionalInt.empty();
        }

        @Override
        public OptionalInt gid(String group) {
            return OptionalInt.empty();
        }
    };

    OptionalInt uid(String user);

    OptionalInt gid(String group);
}
