package dev.activator.config;

/** Names of network interfaces, {@code eth0}, or their indexes. */
final class InterfaceNames {
    /** Longest alternative name, without its NUL byte. */
    private static final int MAX_LENGTH = 127;

    private InterfaceNames() {}

    static boolean isValid(String name) {
        boolean reserved = name.equals(".") || name.equals("..") || name.equals("all") || name.equals("default");
        return !name.isEmpty()
                && name.length() <= MAX_LENGTH
                && !reserved
                && name.chars().allMatch(c -> c > ' ' && c < 127 && c != ':' && c != '/' && c != '%');
    }
}
