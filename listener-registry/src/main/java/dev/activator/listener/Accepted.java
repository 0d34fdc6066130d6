package dev.activator.listener;

/** What came of taking a connection from an accept queue. accept(2). */
public sealed interface Accepted {

    /**
     * A connection; whoever takes this closes the descriptor, which is close-on-exec and blocking.
     *
     * @param local the address it came in at, as lists show it; the listener's where connections are passed
     * @param cookie the kernel's number of the connection, never reused, 0 where connections are passed. SO_COOKIE, socket(7)
     * @param endpoints empty where connections are passed, else the last part of an instance name: {@code 10.0.0.1:22-10.0.0.5:4711}, or {@code 4711-1000} (pid and uid)
     */
    record Connection(OwnedFd fd, Peer peer, String local, long cookie, String endpoints) implements Accepted {

        /** Instance of a template for this connection: {@code 7-4711-10.0.0.1:22-10.0.0.5:4711}. systemd.socket(5) Accept=. */
        public String instanceName(long number) {
            return number + "-" + cookie + "-" + endpoints;
        }
    }

    /** The queue is empty, or another process was faster. */
    record NothingQueued() implements Accepted {}

    /** The client left before it was taken; the next one may wait already. */
    record PeerGone(Errno errno) implements Accepted {}

    /** The process or the host is out of descriptors or memory: EMFILE, ENFILE, ENOBUFS, ENOMEM. Pause and try again. */
    record Shortage(Errno errno) implements Accepted {}

    /** The listener is unusable; EINVAL when somebody called {@code shutdown()} on it. */
    record Broken(Errno errno) implements Accepted {}
}
