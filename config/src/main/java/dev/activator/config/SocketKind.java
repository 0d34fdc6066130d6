package dev.activator.config;

/** What a Listen directive opens; the shown word is that of {@code systemctl list-sockets --show-types}. */
public enum SocketKind {
    STREAM("ListenStream", "Stream"),
    DATAGRAM("ListenDatagram", "Datagram"),
    SEQPACKET("ListenSequentialPacket", "SequentialPacket"),
    FIFO("ListenFIFO", "FIFO"),
    SPECIAL("ListenSpecial", "Special"),
    NETLINK("ListenNetlink", "Netlink"),
    MESSAGE_QUEUE("ListenMessageQueue", "MessageQueue"),
    USB_FUNCTION("ListenUSBFunction", "USBFunction");

    private final String directive;
    private final String shown;

    SocketKind(String directive, String shown) {
        this.directive = directive;
        this.shown = shown;
    }

    /** Name of the directive that declares such a socket, {@code ListenStream}. */
    public String directive() {
        return directive;
    }

    /** The word for it in lists, {@code Stream}. */
    public String shown() {
        return shown;
    }

    /** Whether connections can be accepted from it, which {@code Accept=yes} needs. */
    public boolean canAccept() {
        return this == STREAM || this == SEQPACKET;
    }
}
