package dev.activator.control;

/** Who is at the other end of a control connection, as the kernel tells it. unix(7) SO_PEERCRED. */
public record Caller(int uid, int gid, int pid) {

    @Override
    public String toString() {
        return "pid " + pid + " of uid " + uid;
    }
}
