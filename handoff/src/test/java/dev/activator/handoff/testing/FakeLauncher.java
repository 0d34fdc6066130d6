package dev.activator.handoff.testing;

import dev.activator.handoff.ChildProcess;
import dev.activator.handoff.LaunchFailure;
import dev.activator.handoff.LaunchPlan;
import dev.activator.handoff.LaunchStage;
import dev.activator.handoff.Launcher;
import dev.activator.listener.Errno;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** Launches nothing and remembers everything: a test takes each launch out with {@link #expectLaunch} and ends it itself. */
public final class FakeLauncher implements Launcher {
    /** Above every real pid, so that a stray signal hits nobody. */
    private static final int FIRST_PID = 1_000_000_001;

    private final Deque<FakeChild> unseen = new ArrayDeque<>();
    private final List<FakeChild> all = new ArrayList<>();
    private final Deque<LaunchFailure> failures = new ArrayDeque<>();
    private boolean startsUnexecuted;
    private List<String> deviations = List.of();
    private Consumer<LaunchPlan> observer = plan -> {};

    @Override
    public ChildProcess launch(LaunchPlan plan) throws LaunchFailure {
        if (!failures.isEmpty()) {
            throw failures.remove();
        }
        observer.accept(plan);
        FakeChild child = new FakeChild(FIRST_PID + all.size(), plan, deviations);
        child.executed(!startsUnexecuted);
        all.add(child);
        unseen.add(child);
        return child;
    }

    /** The next launch fails for want of something that passes, or for good: EAGAIN, ENOMEM, ENOENT. */
    public FakeLauncher failNext(LaunchStage stage, Errno errno) {
        failures.add(new LaunchFailure(stage, errno, stage + ": " + errno));
        return this;
    }

    /** Hears of each launch while what it hands over is open. */
    public void onLaunch(Consumer<LaunchPlan> listener) {
        observer = listener;
    }

    /** From now on launched processes are in their exec chain until a test says otherwise. */
    public FakeLauncher startUnexecuted() {
        startsUnexecuted = true;
        return this;
    }

    /** From now on no launch can do quite what its plan says: {@code OOMScoreAdjust=-900 is raised to 0}. */
    public FakeLauncher deviate(String... sentences) {
        deviations = List.of(sentences);
        return this;
    }

    /** The oldest launch that was not taken out yet, which must be that unit's. */
    public FakeChild expectLaunch(String unit) {
        if (unseen.isEmpty()) {
            throw new AssertionError("expected a launch of " + unit + ", but nothing was launched");
        }
        FakeChild child = unseen.remove();
        if (!child.plan().unit().equals(unit)) {
            throw new AssertionError(
                    "expected a launch of " + unit + ", but " + child.plan().unit() + " was launched");
        }
        return child;
    }

    /** Asserts that every launch has been taken out. */
    public void noFurtherLaunch() {
        if (!unseen.isEmpty()) {
            throw new AssertionError("unexpected launches: " + unseen);
        }
    }

    /** All plans that were launched, oldest first. */
    public List<LaunchPlan> plans() {
        return all.stream().map(FakeChild::plan).toList();
    }

    /** All processes that have not ended. */
    public List<FakeChild> running() {
        return all.stream().filter(FakeChild::isRunning).toList();
    }
}
