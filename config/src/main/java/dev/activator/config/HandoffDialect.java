package dev.activator.config;

/** A way in which programs expect to be told of the sockets that they inherit. HandoffAs=. */
public enum HandoffDialect implements Word {
    /** LISTEN_FDS, LISTEN_PID, LISTEN_FDNAMES. sd_listen_fds(3). */
    SYSTEMD("systemd"),
    /** LISTEN_PIDFDID, which newer readers of the above compare with the pidfd of their own process. */
    PIDFDID("pidfdid"),
    /** NGINX. */
    NGINX("nginx"),
    /** UPSTART_FDS. */
    UPSTART("upstart"),
    /** EINHORN_FD_COUNT and EINHORN_FD_0, _1…. */
    EINHORN("einhorn"),
    /** SERVER_STARTER_PORT. */
    SERVER_STARTER("server-starter"),
    /** GUNICORN_FD. */
    GUNICORN("gunicorn"),
    /** PUMA_INHERIT_0, _1…. */
    PUMA("puma"),
    /** FPM_SOCKETS of PHP-FPM. */
    FPM("fpm"),
    /** PROTO, TCPREMOTEIP and the like, for one connection. */
    UCSPI("ucspi");

    private final String word;

    HandoffDialect(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
