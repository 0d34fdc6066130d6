package dev.activator.server;

/** What one instance was passed over its handoff socket, as far as it is evidence of use. */
interface Passed {
    /** For an instance that is passed nothing. */
    Passed NOTHING = new Passed() {
        @Override
        public int untaken() {
            return 0;
        }

        @Override
        public int sinceAsked() {
            return 0;
        }

        @Override
        public int mostTaken() {
            return Integer.MAX_VALUE;
        }
    };

    /** Connections that it has not taken. */
    int untaken();

    /** How many it was passed since this was asked before. */
    int sinceAsked();

    /** How many that it has taken can still be open at most, by its own reports. */
    int mostTaken();
}
