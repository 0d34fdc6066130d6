package dev.activator.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.handoff.FdMapping.Blocking;
import dev.activator.listener.BorrowedFd;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ListenFdsTest {
    @Test
    void descriptorsAreNumberedFromThreeInTheirOrder() {
        BorrowedFd a = new BorrowedFd(17, "a");
        BorrowedFd b = new BorrowedFd(9, "b");

        assertThat(ListenFds.mappings(List.of(a, b), Blocking.BLOCKING))
                .containsExactly(new FdMapping(3, a, Blocking.BLOCKING), new FdMapping(4, b, Blocking.BLOCKING));
    }
}
