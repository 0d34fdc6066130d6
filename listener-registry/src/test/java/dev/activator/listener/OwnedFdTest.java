package dev.activator.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.activator.listener.kernel.LibC;
import dev.activator.listener.kernel.NativeMemory;
import dev.activator.listener.testing.FdLeakCheck;
import dev.activator.listener.testing.OpenFds;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(FdLeakCheck.class)
final class OwnedFdTest {
    private static OwnedFd open(String purpose) {
        return OwnedFd.adopt(LibC.open(NativeMemory.ofString("/dev/null"), 0x80000, 0), purpose);
    }

    @Test
    void movingLeavesTheFirstOwnerEmpty() {
        OwnedFd first = open("scratch");
        int number = first.number();
        try (OwnedFd second = first.move("connection")) {
            assertThat(first.isOpen()).isFalse();
            first.close();
            assertThat(second.number()).isEqualTo(number);
            assertThat(second.purpose()).isEqualTo("connection");
            assertThat(OwnedFd.inventory()).containsEntry(number, "connection");
            assertThatThrownBy(first::number)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("scratch");
        }
        assertThat(OwnedFd.inventory()).doesNotContainKey(number);
    }

    @Test
    void closingTwiceClosesOnce() {
        OwnedFd first = open("first");
        int number = first.number();
        first.close();
        try (OwnedFd successor = open("successor")) {
            assertThat(successor.number()).isEqualTo(number);
            first.close();
            assertThat(OpenFds.now().targets()).containsEntry(number, "/dev/null");
        }
    }

    @Test
    void aNumberClosedBehindTheOwnersBackIsADefectThatIsNamed() {
        OwnedFd owned = open("listener web.socket");
        LibC.close(owned.number());
        assertThatThrownBy(owned::close).hasMessageContaining("EBADF").hasMessageContaining("listener web.socket");
    }

    @Test
    void theLeakReportNamesNumberTargetAndPurpose() {
        OpenFds before = OpenFds.now();
        try (OwnedFd owned = open("left over")) {
            assertThat(OpenFds.now().since(before)).containsExactly(Map.entry(owned.number(), "/dev/null (left over)"));
        }
    }

    @Test
    void anErrnoHasNameAndText() {
        assertThat(new Errno(98))
                .hasToString("EADDRINUSE (Address already in use)")
                .isEqualTo(Errno.EADDRINUSE);
        assertThat(Errno.EAGAIN.name()).isEqualTo("EAGAIN");
        assertThat(Errno.EOPNOTSUPP.text()).isEqualTo("Operation not supported");
        assertThat(new Errno(4711)).hasToString("E4711 (Unknown error 4711)");
        assertThat(Errno.EMFILE.isShortage()).isTrue();
        assertThat(Errno.EACCES.isShortage()).isFalse();
    }
}
