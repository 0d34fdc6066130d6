package dev.activator.listener;

/** TCP's states by the kernel's numbers, as far as they tell whether a service still has a connection. tcp(7). */
final class TcpState {
    static final int ESTABLISHED = 1;
    static final int FIN_WAIT1 = 4;
    static final int FIN_WAIT2 = 5;
    static final int CLOSE_WAIT = 8;
    static final int OPEN_MASK = 1 << ESTABLISHED | 1 << FIN_WAIT1 | 1 << FIN_WAIT2 | 1 << CLOSE_WAIT;

    private TcpState() {}

    /**
     * Whether somebody still has, or will get, this connection. In FIN_WAIT a process may have shut down only its own direction;
     * when none has it any more, the kernel finishes alone.
     */
    static boolean isOpen(int state, boolean hasOwner) {
        return switch (state) {
            case ESTABLISHED, CLOSE_WAIT -> true;
            case FIN_WAIT1, FIN_WAIT2 -> hasOwner;
            default -> false;
        };
    }
}
