package dev.activator.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.activator.handoff.FdMapping.Blocking;
import dev.activator.listener.BorrowedFd;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LaunchPlanTest {

    @Test
    void defaultsAreSystemds() {
        LaunchPlan plan = LaunchPlan.of("a.service", "/bin/true").build();

        assertThat(plan.argv()).containsExactly("/bin/true");
        assertThat(plan.context().umask()).isEqualTo(022);
        assertThat(plan.context().workingDirectory()).isEqualTo("/");
        assertThat(plan.context().ignoreSigpipe()).isTrue();
        assertThat(plan.context().credentials()).isNull();
        assertThat(plan.environment()).isEmpty();
    }

    @Test
    void passedDescriptorsLeaveNoGap() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan().fd(fd(4)).build())
                .withMessage("launch plan of a.service: nothing is mapped to 3 but to one above it");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan().fd(fd(3)).fd(fd(3)).build())
                .withMessageContaining("two descriptors are mapped to 3");
        assertThat(plan().fd(fd(4)).fd(fd(1)).fd(fd(3)).build().fds())
                .extracting(FdMapping::target)
                .containsExactly(1, 3, 4);
    }

    @Test
    void whatExecveCannotTakeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LaunchPlan.of("a", "true").build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan().workingDirectory("x").build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan().argv(List.of()).build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan().argv(List.of("a\0b")).build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan().environment("A=B", "c").build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan().environment("A", "b\0").build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan().umask(01000).build());
        assertThatIllegalArgumentException().isThrownBy(() -> plan().nice(20).build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan().oomScoreAdjust(1001).build());
    }

    private static LaunchPlanBuilder plan() {
        return LaunchPlan.of("a.service", "/bin/true");
    }

    private static FdMapping fd(int target) {
        return new FdMapping(target, new BorrowedFd(9, "x"), Blocking.AS_IS);
    }
}
