package dev.activator.listener;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * TCP connections that have ended, as the kernel tells them to everybody who wants to know: so one that came and went between two looks is
 * seen. The messages wait in a socket of ours, which wakes nobody; a filter lets in those of the wanted ports only. Open while anybody
 * follows. Where the host refuses it, nobody hears of anything. For the loop's thread. sock_diag(7), SKNLGRP_INET_TCP_DESTROY.
 */
public final class EndedConnections {
    private static final int INET_TCP_DESTROY = 1;
    private static final int INET6_TCP_DESTROY = 3;
    /** Jumps of a classic BPF program reach 255 instructions. */
    private static final int MOST_PORTS = 250;

    private static final int PORT_AT = 16 + 4;

    private final Kernel kernel;
    private final Map<Follower, Inbox> followers = new HashMap<>();
    private final Map<Integer, List<Inbox>> byPort = new HashMap<>();
    private SortedSet<Integer> ports = new TreeSet<>();
    private boolean isStale;
    private @Nullable OwnedFd socket;

    public EndedConnections(Kernel kernel) {
        this.kernel = kernel;
    }

    /** One who wants to know; compared by identity. */
    interface Follower {
        SortedSet<Integer> ports();
    }

    /** What one follower has not asked for yet. */
    private static final class Inbox {
        /** More than that are as good as that many. */
        private static final int MOST = 1000;

        private List<byte[]> ended = new ArrayList<>();

        void add(byte[] message) {
            if (ended.size() < MOST) {
                ended.add(message);
            }
        }
    }

    /** From now on. Whoever follows ends that. */
    void follow(Follower follower) {
        followers.putIfAbsent(follower, new Inbox());
        if (socket == null) {
            open();
        }
        isStale = true;
        filter();
    }

    /** The ports of a follower are others than before. */
    void portsChanged() {
        isStale = true;
    }

    void unfollow(Follower follower) {
        followers.remove(follower);
        if (followers.isEmpty()) {
            close();
        } else {
            isStale = true;
            filter();
        }
    }

    /** Whether {@link #since} has something to tell. */
    boolean hasNews(Follower follower) {
        filter();
        read();
        Inbox inbox = followers.get(follower);
        return inbox != null && !inbox.ended.isEmpty();
    }

    /** A {@code struct inet_diag_msg} with attributes for each that ended at a port of the follower's since it last asked. */
    List<byte[]> since(Follower follower) {
        filter();
        read();
        Inbox inbox = followers.get(follower);
        if (inbox == null) {
            return List.of();
        }
        List<byte[]> ended = inbox.ended;
        inbox.ended = new ArrayList<>();
        return ended;
    }

    private void open() {
        OwnedFd opened = null;
        try {
            opened = kernel.socket(
                    Families.AF_NETLINK, Families.SOCK_RAW, Families.NETLINK_SOCK_DIAG, "ended connections");
            kernel.bind(
                    opened.lend(), new SocketName.Netlink(1 << (INET_TCP_DESTROY - 1) | 1 << (INET6_TCP_DESTROY - 1)));
            socket = opened;
        } catch (SystemCallException refused) {
            if (opened != null) {
                opened.close();
            }
        }
    }

    private void close() {
        if (socket != null) {
            socket.close();
            socket = null;
        }
        ports = new TreeSet<>();
    }

    /** Sets the filter anew where other ports are wanted. */
    private void filter() {
        if (!isStale) {
            return;
        }
        isStale = false;
        byPort.clear();
        followers.forEach((follower, inbox) -> follower.ports()
                .forEach(port ->
                        byPort.computeIfAbsent(port, some -> new ArrayList<>()).add(inbox)));
        SortedSet<Integer> wanted = new TreeSet<>(byPort.keySet());
        if (socket == null || wanted.equals(ports)) {
            return;
        }
        ports = wanted;
        kernel.attachFilter(socket.lend(), wanted.size() > MOST_PORTS ? everything() : program(wanted));
    }

    private static byte[] program(SortedSet<Integer> ports) {
        FilterProgram program = new FilterProgram(ports.size() + 3).add(FilterProgram.LOAD_HALF, PORT_AT);
        int left = ports.size();
        for (int port : ports) {
            program.add(FilterProgram.JUMP_IF_EQUAL, left--, 0, port);
        }
        return program.add(FilterProgram.RETURN, FilterProgram.NOTHING)
                .add(FilterProgram.RETURN, FilterProgram.WHOLE_PACKET)
                .bytes();
    }

    private static byte[] everything() {
        return new FilterProgram(1)
                .add(FilterProgram.RETURN, FilterProgram.WHOLE_PACKET)
                .bytes();
    }

    /** Takes all that waits. */
    private void read() {
        OwnedFd opened = socket;
        if (opened == null) {
            return;
        }
        byte[] message = kernel.receiveWaiting(opened.lend());
        while (message.length > 0) {
            SockDiag.read(message, this::hand);
            message = kernel.receiveWaiting(opened.lend());
        }
    }

    private void hand(byte[] message) {
        byPort.getOrDefault(InetDiag.port(message), List.of()).forEach(inbox -> inbox.add(message));
    }
}
