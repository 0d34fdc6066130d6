package dev.activator.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.activator.config.HostFacts;
import dev.activator.config.LoadState;
import dev.activator.config.Relations;
import dev.activator.config.UnitCatalog;
import dev.activator.config.UnitLoader;
import dev.activator.config.UnitName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Units of real files, and machines that do what they are told when the test says so. */
class JobsTest {
    @TempDir
    private Path directory;

    private final Host host = new Host();
    private final Jobs jobs = new Jobs(host, host, () -> 0, () -> Instant.EPOCH);

    /** What is up, and what the jobs do about it. */
    private final class Host implements Landscape, Jobs.Performer {
        final Set<String> up = new HashSet<>();
        final List<String> told = new ArrayList<>();
        final Map<String, CompletableFuture<Boolean>> slow = new HashMap<>();
        private @Nullable UnitCatalog catalog;

        UnitCatalog catalog() {
            UnitCatalog present = catalog;
            if (present == null) {
                present = UnitLoader.load(List.of(directory), new HostFacts(Map.of()));
                catalog = present;
            }
            return present;
        }

        @Override
        public Relations relations() {
            return catalog().relations();
        }

        @Override
        public LoadState load(String unit) {
            return catalog().state(Objects.requireNonNull(UnitName.parse(unit)));
        }

        @Override
        public boolean isUp(String unit) {
            return up.contains(unit);
        }

        @Override
        public boolean isDown(String unit) {
            return !up.contains(unit);
        }

        @Override
        public boolean isDisabled(String unit) {
            return unit.startsWith("disabled");
        }

        @Override
        public Set<String> socketsOf(String service) {
            return Set.of();
        }

        @Override
        public Set<String> servicesOf(String socket) {
            return Set.of();
        }

        @Override
        public CompletableFuture<Boolean> perform(Job job) {
            told.add(job.kind().word() + " " + job.unit().replace(".service", ""));
            return slow.getOrDefault(job.unit(), CompletableFuture.completedFuture(true))
                    .thenApply(isDone -> {
                        if (isDone && job.kind() == JobKind.STOP) {
                            up.remove(job.unit());
                        } else if (isDone && job.kind() != JobKind.VERIFY_ACTIVE) {
                            up.add(job.unit());
                        }
                        return job.kind() == JobKind.VERIFY_ACTIVE ? up.contains(job.unit()) : isDone;
                    });
        }

        @Override
        public void dependencyFailed(Job job, String culprit) {
            told.add("cannot start " + job.unit().replace(".service", "") + " without " + culprit);
        }

        @Override
        public void leftOut(String unit, String what) {
            told.add(what);
        }
    }

    private void unit(String name, String... lines) {
        try {
            Files.writeString(
                    directory.resolve(name + ".service"),
                    "[Unit]\n" + String.join("\n", lines) + "\n[Service]\nExecStart=/bin/true\n");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private JobEnd start(String name) throws Impossible {
        return jobs.start(name + ".service", "test").getNow(new JobEnd(JobEnd.Result.CANCELED, "not over"));
    }

    @Test
    void whatIsRequiredStartsFirstWhereAfterSaysSo() throws Impossible {
        unit("web", "Requires=db.service", "After=db.service");
        unit("db", "Wants=disk.service", "After=disk.service");
        unit("disk");
        assertThat(start("web").isDone()).isTrue();
        assertThat(host.told).containsExactly("start disk", "start db", "start web");
    }

    @Test
    void aStartWaitsForWhatComesBeforeIt() throws Impossible {
        unit("web", "Requires=db.service", "After=db.service");
        unit("db");
        CompletableFuture<Boolean> db = new CompletableFuture<>();
        host.slow.put("db.service", db);
        CompletableFuture<JobEnd> end = jobs.start("web.service", "test");
        assertThat(host.told).containsExactly("start db");
        Job waiting = Objects.requireNonNull(jobs.of("web.service"));
        assertThat(waiting.isRunning()).isFalse();
        assertThat(jobs.waitsFor(waiting)).containsExactly("db.service");
        db.complete(true);
        assertThat(host.told).containsExactly("start db", "start web");
        assertThat(end).isCompletedWithValue(new JobEnd(JobEnd.Result.DONE, "web.service"));
        assertThat(jobs.isEmpty()).isTrue();
    }

    @Test
    void whoNeedsOneThatFailsIsNotStarted() throws Impossible {
        unit("web", "Requires=app.service", "After=app.service");
        unit("app", "BindsTo=db.service", "After=db.service");
        unit("db");
        host.slow.put("db.service", CompletableFuture.completedFuture(false));
        assertThat(start("web")).isEqualTo(new JobEnd(JobEnd.Result.DEPENDENCY, "db.service"));
        assertThat(host.told)
                .containsExactly(
                        "start db", "cannot start app without db.service", "cannot start web without db.service");
    }

    @Test
    void whoOnlyWantsItIs() throws Impossible {
        unit("web", "Wants=db.service", "After=db.service");
        unit("db");
        host.slow.put("db.service", CompletableFuture.completedFuture(false));
        assertThat(start("web").isDone()).isTrue();
        assertThat(host.told).containsExactly("start db", "start web");
    }

    @Test
    void whatIsWantedAndCannotBeIsLeftOutWithAllThatItNeeds() throws Impossible {
        unit("web", "Wants=extra.service");
        unit("extra", "Requires=missing.service also.service");
        unit("also");
        assertThat(start("web").isDone()).isTrue();
        assertThat(host.told)
                .containsExactly(
                        "extra.service, which web.service wants, is left out: Unit missing.service not found.",
                        "start web");
    }

    @Test
    void whatIsNeededAndMissingIsSaidBeforeAnythingStarts() {
        unit("web", "Requires=app.service");
        unit("app", "Requires=missing.service");
        assertThatThrownBy(() -> jobs.start("web.service", "test")).hasMessage("Unit missing.service not found.");
        assertThat(host.told).isEmpty();
        assertThat(jobs.isEmpty()).isTrue();
    }

    @Test
    void whatOnlyAHostUnderSystemdHasIsTakenAsUp() throws Impossible {
        unit("web", "Requires=network.target dbus.socket tmp.mount", "After=network.target");
        assertThat(start("web").isDone()).isTrue();
        assertThat(host.told).containsExactly("start web");
    }

    @Test
    void ofTwoThatConflictOneIsStoppedFirst() throws Impossible {
        unit("a", "Conflicts=b.service", "After=b.service");
        unit("b");
        host.up.add("b.service");
        assertThat(start("a").isDone()).isTrue();
        assertThat(host.told).containsExactly("stop b", "start a");
    }

    @Test
    void twoThatConflictCannotBothBeNeeded() {
        unit("web", "Requires=a.service b.service");
        unit("a", "Conflicts=b.service");
        unit("b");
        assertThatThrownBy(() -> jobs.start("web.service", "test"))
                .isInstanceOf(Impossible.class)
                .hasMessage(
                        "This would start b.service, which web.service needs, and stop it, which conflicts with a.service; "
                                + "they cannot be up together.");
    }

    @Test
    void aStopTakesWhoNeedsItInTheOtherDirection() throws Impossible {
        unit("web", "Requires=db.service", "After=db.service");
        unit("db");
        host.up.addAll(Set.of("web.service", "db.service"));
        assertThat(jobs.stop(List.of("db.service"), "test")).isCompleted();
        assertThat(host.told).containsExactly("stop web", "stop db");
    }

    @Test
    void aRestartTakesWhoNeedsItAlong() throws Impossible {
        unit("web", "Requires=db.service", "After=db.service");
        unit("db");
        unit("idle", "Requires=db.service");
        host.up.addAll(Set.of("web.service", "db.service"));
        assertThat(jobs.restart("db.service", "test")).isCompleted();
        assertThat(host.told).containsExactly("stop web", "restart db", "start web");
    }

    @Test
    void aRequisiteIsNotStarted() throws Impossible {
        unit("web", "Requisite=db.service", "After=db.service");
        unit("db");
        assertThat(start("web")).isEqualTo(new JobEnd(JobEnd.Result.DEPENDENCY, "db.service"));
        assertThat(host.told).containsExactly("verify-active db", "cannot start web without db.service");
    }

    @Test
    void aCircleIsBrokenWhereSomethingIsOnlyWanted() throws Impossible {
        unit("web", "Requires=app.service", "After=app.service");
        unit("app", "Wants=extra.service", "After=extra.service");
        unit("extra", "After=web.service");
        assertThat(start("web").isDone()).isTrue();
        assertThat(host.told)
                .containsExactly(
                        "extra.service is left out, to break a circle of units each to start after the next: web.service, "
                                + "app.service, extra.service",
                        "start app",
                        "start web");
    }

    @Test
    void aCircleOfNeedsIsReportedWithItsMembers() {
        unit("a", "Requires=b.service", "After=b.service");
        unit("b", "Requires=a.service", "After=a.service");
        assertThatThrownBy(() -> jobs.start("a.service", "test"))
                .hasMessage(
                        "Each of these is to start after the next one, so none can: a.service, b.service, a.service; take one "
                                + "After= or Before= of them out.");
        assertThat(host.told).isEmpty();
    }

    @Test
    void aLaterOrderTakesThePlaceOfOneThatWaits() throws Impossible {
        unit("web", "Requires=db.service", "After=db.service");
        unit("db");
        CompletableFuture<Boolean> db = new CompletableFuture<>();
        host.slow.put("db.service", db);
        CompletableFuture<JobEnd> first = jobs.start("web.service", "test");
        host.up.add("web.service");
        assertThat(jobs.stop(List.of("web.service"), "test")).isCompleted();
        assertThat(first).isCompletedWithValue(new JobEnd(JobEnd.Result.CANCELED, "web.service"));
        db.complete(true);
        assertThat(host.told).containsExactly("start db", "stop web");
    }

    @Test
    void aDisabledSocketIsNotStartedForBeingWanted() throws Impossible {
        unit("web", "Wants=disabled.service");
        unit("disabled");
        assertThat(start("web").isDone()).isTrue();
        assertThat(host.told).containsExactly("start web");
    }

    @Test
    void isolatingStopsWhatIsNotNeeded() throws Impossible {
        unit("web", "Requires=db.service");
        unit("db");
        unit("other");
        host.up.addAll(Set.of("db.service", "other.service"));
        assertThat(jobs.isolate("web.service", List.of("db.service", "other.service"), "test"))
                .isCompleted();
        assertThat(host.told).containsExactlyInAnyOrder("start web", "stop other");
    }

    @Test
    void aChainOfThousandsIsNoTroubleForTheStack() throws Impossible {
        int length = 3000;
        for (int i = 0; i < length; i++) {
            String next = "u" + (i + 1) + ".service";
            unit("u" + i, i + 1 < length ? "Requires=" + next + "\nAfter=" + next : "");
        }
        assertThat(start("u0").isDone()).isTrue();
        assertThat(host.told)
                .hasSize(length)
                .startsWith("start u" + (length - 1))
                .endsWith("start u0");
    }
}
