package dev.activator.listener;

/**
 * A system call failed in a way that its caller had no use for; names the call, the errno and what it was for. Outcomes
 * that are part of normal running (an empty accept queue, a full table) are return values instead.
 */
public final class SystemCallException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String call;
    private final transient Errno errno;
    private final String context;

    /**
     * @param call the function, {@code bind}
     * @param context the object it was used on, {@code listener web.socket tcp 0.0.0.0:80}
     */
    public SystemCallException(String call, Errno errno, String context) {
        super(call + " on " + context + ": " + errno);
        this.call = call;
        this.errno = errno;
        this.context = context;
    }

    public String call() {
        return call;
    }

    public Errno errno() {
        return errno;
    }

    public String context() {
        return context;
    }
}
