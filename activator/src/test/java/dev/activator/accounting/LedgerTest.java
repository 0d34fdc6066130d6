package dev.activator.accounting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.activator.control.SavingsReport;
import dev.activator.control.UnitSavings;
import dev.activator.control.WakePhase;
import dev.activator.control.WakeReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What was saved, by hand-written histories in seconds from a beginning. */
class LedgerTest {
    private static final Instant BEGIN = Instant.parse("2026-11-20T08:00:00Z");
    private static final long MIB = 1 << 20;

    private final List<Life> lives = new ArrayList<>(List.of(life(0, 1000)));
    private final List<Happening> happenings = new ArrayList<>();
    private final List<Sample> samples = new ArrayList<>();

    private static Instant at(long second) {
        return BEGIN.plusSeconds(second);
    }

    /** With a sign at its begin and at its end, which has used 10 MiB, and a millisecond and a switch each second. */
    private static Life life(long begin, long end) {
        return new Life(at(begin), List.of(sign(begin, 0), sign(end, end - begin)));
    }

    private static Life.Sign sign(long second, long used) {
        return new Life.Sign(at(second), new Reading(10 * MIB, used * 1_000_000, used, 20, ""));
    }

    private void woke(long second, long millis) {
        WakeReport report = new WakeReport(at(second), "connection", List.of(new WakePhase("ready", millis * 1000)));
        happenings.add(new Happening.Woke(report, 2));
    }

    private void ended(long second, End end) {
        happenings.add(new Happening.Ended(at(second), end, "for a test"));
    }

    /** Idle with 100 MiB, 2 ms of processor time and 3 switches each second. */
    private void lookedIdle(long second) {
        samples.add(new Sample(
                at(second), true, Optional.of(true), new Reading(100 * MIB, second * 2_000_000, second * 3, 7, "")));
    }

    private SavingsReport report(long since) {
        Ledger ledger = new Ledger(at(since), at(1000), lives);
        ledger.add("web.service", happenings, samples, true);
        return ledger.report(List.of());
    }

    private UnitSavings web(long since) {
        return report(since).units().get(0);
    }

    @Test
    void timeAsleepTimesTheIdleFootprintIsWhatWasSpared() {
        woke(100, 5);
        lookedIdle(110);
        lookedIdle(120);
        ended(200, End.STOPPED);

        UnitSavings web = web(0);

        assertThat(web.awakeSeconds()).isEqualTo(100);
        assertThat(web.asleepSeconds()).isEqualTo(900);
        assertThat(web.memoryByteSeconds()).isEqualTo(900.0 * 100 * MIB);
        assertThat(web.cpuNanos()).isEqualTo(900 * 2_000_000.0);
        assertThat(web.switches()).isEqualTo(2700);
    }

    @Test
    void theSuperServersOwnUseIsSubtracted() {
        woke(100, 5);
        lookedIdle(110);
        lookedIdle(120);
        ended(200, End.STOPPED);

        SavingsReport report = report(0);

        assertThat(report.own().memoryByteSeconds()).isEqualTo(1000.0 * 10 * MIB);
        assertThat(report.netMemoryByteSeconds()).isEqualTo(900.0 * 100 * MIB - 1000.0 * 10 * MIB);
        assertThat(report.netCpuNanos()).isEqualTo(900 * 2e6 - 1000 * 1e6);
        assertThat(report.netSwitches()).isEqualTo(2700 - 1000);
    }

    @Test
    void whatIsNotKnownIsUnknownAndNotNothing() {
        woke(100, 5);
        ended(200, End.STOPPED);

        SavingsReport report = report(0);

        assertThat(report.units().get(0).memoryByteSeconds()).isNull();
        assertThat(report.units().get(0).footprint().unknown()).contains("not been looked at");
        assertThat(report.notes()).anyMatch(note -> note.contains("1 service is not in the sum"));
    }

    @Test
    void memoryThatCannotBeReadSaysWhy() {
        woke(100, 5);
        samples.add(new Sample(at(110), true, Optional.of(true), new Reading(-1, -1, -1, 0, "permission denied")));

        assertThat(web(0).footprint().memory()).isNull();
        assertThat(web(0).footprint().unknown()).isEqualTo("permission denied");
    }

    @Test
    void timeThatItWasDownAfterAFailureIsNoSleep() {
        woke(100, 5);
        ended(101, End.FAILED);

        assertThat(web(0).downSeconds()).isEqualTo(899);
        assertThat(web(0).asleepSeconds()).isEqualTo(100);
    }

    @Test
    void whileItIsFrozenOnlyWhatItNoLongerHoldsIsSpared() {
        woke(0, 5);
        lookedIdle(10);
        lookedIdle(20);
        ended(500, End.FROZEN);
        samples.add(new Sample(at(600), false, Optional.empty(), new Reading(30 * MIB, 0, 0, 7, "")));

        assertThat(web(0).frozenSeconds()).isEqualTo(500);
        assertThat(web(0).memoryByteSeconds()).isEqualTo(500.0 * 70 * MIB);
        assertThat(web(0).cpuNanos()).isEqualTo(500 * 2e6);
    }

    @Test
    void frozenAndNeverLookedAtSparesNoMemory() {
        woke(0, 5);
        lookedIdle(10);
        lookedIdle(20);
        ended(500, End.FROZEN);

        assertThat(web(0).memoryByteSeconds()).isZero();
    }

    @Test
    void nothingBeforeTheAskedTimeCounts() {
        woke(100, 5);
        lookedIdle(110);
        lookedIdle(120);
        ended(200, End.STOPPED);

        assertThat(web(900).asleepSeconds()).isEqualTo(100);
        assertThat(web(900).wakes()).isZero();
        assertThat(report(900).own().upSeconds()).isEqualTo(100);
    }

    @Test
    void timeWithoutASuperServerCountsForNobody() {
        lives.clear();
        lives.add(life(0, 300));
        lives.add(life(800, 1000));
        woke(100, 5);
        lookedIdle(110);
        lookedIdle(120);
        ended(200, End.STOPPED);

        assertThat(web(0).asleepSeconds()).isEqualTo(100 + 100 + 200);
        assertThat(report(0).own().upSeconds()).isEqualTo(500);
    }

    @Test
    void aSuperServerThatWasKilledCountsUntilItsLastSign() {
        lives.clear();
        lives.add(new Life(at(0), List.of(sign(0, 0))));
        lives.add(life(800, 1000));
        woke(100, 5);

        assertThat(web(0).awakeSeconds()).as("its wake at 100 is the last sign").isZero();
        assertThat(web(0).asleepSeconds()).isEqualTo(100 + 200);
    }

    @Test
    void aClockThatWasSetBackMakesNoTime() {
        woke(500, 5);
        ended(400, End.STOPPED);
        lookedIdle(110);

        assertThat(web(0).awakeSeconds()).isZero();
        assertThat(web(0).asleepSeconds()).isBetween(1000.0, 1100.0);
    }

    @Test
    void latenciesAreByNearestRank() {
        for (int i = 1; i <= 20; i++) {
            woke(i * 10, i);
            ended(i * 10 + 5, End.STOPPED);
        }

        assertThat(web(0).latency().p50()).isEqualTo(10_000);
        assertThat(web(0).latency().p95()).isEqualTo(19_000);
        assertThat(web(0).latency().max()).isEqualTo(20_000);
        assertThat(web(0).wakes()).isEqualTo(20);
        assertThat(web(0).waited()).isEqualTo(40);
    }

    @Test
    void aServiceThatNobodyIsKnownToUseIsIdleWhenItHardlyComputes() {
        woke(0, 5);
        samples.add(new Sample(at(10), true, Optional.empty(), new Reading(80 * MIB, 0, 0, 1, "")));
        samples.add(new Sample(at(20), true, Optional.empty(), new Reading(90 * MIB, 50_000_000, 100, 1, "")));
        samples.add(new Sample(at(30), true, Optional.empty(), new Reading(900 * MIB, 9_050_000_000L, 900, 1, "")));

        assertThat(web(0).footprint().memory()).isEqualTo(90 * MIB);
        assertThat(web(0).footprint().cpuNanosPerSecond()).isCloseTo(5_000_000.0, within(0.1));
        assertThat(web(0).footprint().isIdle()).isTrue();
    }

    @Test
    void oneThatWasOnlySeenInUseIsSaidToBe() {
        woke(0, 5);
        samples.add(new Sample(at(10), true, Optional.of(false), new Reading(80 * MIB, 0, 0, 1, "")));

        assertThat(web(0).footprint().memory()).isEqualTo(80 * MIB);
        assertThat(web(0).footprint().isIdle()).isFalse();
        assertThat(web(0).cpuNanos()).isNull();
    }

    @Test
    void countersOfAnotherRunAreNotCompared() {
        woke(0, 5);
        lookedIdle(500);
        samples.add(new Sample(at(600), true, Optional.of(true), new Reading(100 * MIB, 10, 1, 7, "")));
        samples.add(new Sample(at(610), true, Optional.of(true), new Reading(100 * MIB, 20_000_010, 31, 7, "")));

        assertThat(web(0).footprint().cpuNanosPerSecond()).isEqualTo(2_000_000);
        assertThat(web(0).footprint().switchesPerSecond()).isEqualTo(3);
    }
}
