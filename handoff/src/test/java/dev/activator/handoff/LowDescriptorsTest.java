package dev.activator.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.handoff.kernel.Descriptors;
import dev.activator.handoff.kernel.Pipes;
import dev.activator.listener.OwnedFd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Descriptors under low numbers for children that take over but a few. */
class LowDescriptorsTest {
    @Test
    void aSourceIsLentUnderALowNumberAndOneThatComesAgainUnderTheSame() throws Exception {
        int[] ends = Pipes.open();
        try (OwnedFd read = OwnedFd.adopt(ends[0], "read end");
                OwnedFd write = OwnedFd.adopt(ends[1], "write end");
                LowDescriptors low = LowDescriptors.reserve();
                LowDescriptors.Loan loan =
                        low.lend(new int[] {write.number(), write.number(), low.devNull(), read.number()})) {
            int[] lent = loan.sources();
            assertThat(lent[0]).isNotEqualTo(write.number()).isLessThan(low.end());
            assertThat(lent[1]).isEqualTo(lent[0]);
            assertThat(lent[2]).isEqualTo(low.devNull());
            assertThat(lent[3]).isNotEqualTo(lent[0]).isLessThan(low.end());
        }
    }

    @Test
    void aSmallTableIsCopiedAndALargeOneIsNot() {
        try (LowDescriptors low = LowDescriptors.reserve()) {
            assertThat(low.isWorthwhile(3, 50)).isFalse();
            assertThat(low.isWorthwhile(3, 500)).isTrue();
            assertThat(low.isWorthwhile(3, 10_000)).isTrue();
            assertThat(low.isWorthwhile(100, 10_000)).isFalse();
        }
    }

    @Test
    void severalLoansAtOnceHaveNumbersOfTheirOwnUntilTheyAreClosed() {
        try (LowDescriptors low = LowDescriptors.reserve();
                OwnedFd one = OwnedFd.adopt(Descriptors.openCounter(), "one");
                OwnedFd other = OwnedFd.adopt(Descriptors.openCounter(), "other")) {
            int loans = 0;
            List<LowDescriptors.Loan> open = new ArrayList<>();
            while (low.hasRoomFor(2)) {
                open.add(low.lend(new int[] {one.number(), other.number()}));
                loans++;
            }
            assertThat(open.stream().flatMapToInt(loan -> Arrays.stream(loan.sources())))
                    .doesNotHaveDuplicates()
                    .allMatch(number -> number < low.end());

            open.forEach(LowDescriptors.Loan::close);

            assertThat(low.hasRoomFor(2 * loans)).isTrue();
        } catch (LowDescriptors.Refused refused) {
            throw new AssertionError(refused);
        }
    }
}
