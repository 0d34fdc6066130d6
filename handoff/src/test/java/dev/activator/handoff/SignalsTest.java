package dev.activator.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.activator.listener.kernel.LibC;
import dev.activator.listener.testing.ManualLoop;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SignalsTest {
    private static final int SIGHUP = 1;
    private static final int SIGINT = 2;
    private static final int SIGTERM = 15;

    @Test
    void signalsToTheSuperServerAreToldOnItsLoop() {
        int self = Math.toIntExact(ProcessHandle.current().pid());
        List<String> told = new ArrayList<>();
        try (ManualLoop loop = new ManualLoop()) {
            Signals.onTerm(loop, () -> told.add("term " + loop.inLoop()));
            Signals.onInterrupt(loop, () -> told.add("interrupt " + loop.inLoop()));
            Signals.onHangup(loop, () -> told.add("hangup " + loop.inLoop()));

            LibC.kill(self, SIGHUP);
            loop.runUntil(() -> told.size() == 1);
            LibC.kill(self, SIGTERM);
            loop.runUntil(() -> told.size() == 2);
            LibC.kill(self, SIGINT);
            loop.runUntil(() -> told.size() == 3);
        }
        assertThat(told).containsExactly("hangup true", "term true", "interrupt true");

        // The handlers outlive the loop and must then harm nobody.
        LibC.kill(self, SIGHUP);
    }
}
