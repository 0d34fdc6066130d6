package dev.activator.handoff;

import dev.activator.handoff.FdMapping.Blocking;
import dev.activator.listener.BorrowedFd;
import java.util.ArrayList;
import java.util.List;

/** Where a program finds the sockets that it is handed. sd_listen_fds(3); what its environment says of them is {@code ListenVariables}. */
public final class ListenFds {
    /** The number of the first descriptor. SD_LISTEN_FDS_START. */
    public static final int FIRST = 3;

    private ListenFds() {}

    /** Maps descriptors to 3, 4, 5… in their order. */
    public static List<FdMapping> mappings(List<BorrowedFd> fds, Blocking blocking) {
        List<FdMapping> mappings = new ArrayList<>();
        for (BorrowedFd fd : fds) {
            mappings.add(new FdMapping(FIRST + mappings.size(), fd, blocking));
        }
        return mappings;
    }
}
