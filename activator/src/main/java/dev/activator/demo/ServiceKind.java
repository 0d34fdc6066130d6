package dev.activator.demo;

/** The three ways of taking a socket that the tour shows. */
enum ServiceKind {
    /** A JVM that serves HTTP on a TCP socket; it gets the listener as its standard input. */
    WEB("web", "JVM HTTP service", 40),
    /** A native program that tells the time on a Unix socket; it gets the listener as descriptor 3. sd_listen_fds(3) */
    CLOCK("clock", "native daemon (perl)", 8),
    /** A program as inetd ran them: one process for each TCP connection, which is its standard input and output. */
    ECHO("echo", "inetd-style program (cat)", 1);

    private final String prefix;
    private final String label;
    private final int usualMebibytes;

    ServiceKind(String prefix, String label, int usualMebibytes) {
        this.prefix = prefix;
        this.label = label;
        this.usualMebibytes = usualMebibytes;
    }

    /** What the names of its units begin with. */
    String prefix() {
        return prefix;
    }

    String label() {
        return label;
    }

    /** What one running process is reckoned to need, generously, before any has been measured. */
    int usualMebibytes() {
        return usualMebibytes;
    }
}
