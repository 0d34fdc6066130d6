package dev.activator.cli;

import dev.activator.control.JobStatus;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code list-jobs}: starts and stops that are under way. */
@Command(
        name = "list-jobs",
        description = "List starts and stops that are under way or wait for others.",
        footer = {"", "Example:", "  activator list-jobs"})
final class ListJobs implements Callable<Integer> {
    @ParentCommand
    private @Nullable Activator activator;

    @Override
    public Integer call() {
        Activator root = Objects.requireNonNull(activator);
        List<JobStatus> jobs = root.client().jobs();
        if (root.wantsJson()) {
            root.printJson(jobs);
            return ExitStatus.OK;
        }
        if (jobs.isEmpty()) {
            root.out().println("No jobs running.");
            return ExitStatus.OK;
        }
        Table table = new Table("JOB", "UNIT", "TYPE", "STATE", "WAITS FOR", "BECAUSE OF");
        for (JobStatus job : jobs) {
            table.row(
                    List.of(),
                    Integer.toString(job.number()),
                    job.unit(),
                    job.kind(),
                    job.state(),
                    String.join(" ", job.waitsFor()),
                    job.cause());
        }
        table.print(root.terminal(), true, true);
        root.out().println();
        root.out().println(jobs.size() + (jobs.size() == 1 ? " job listed." : " jobs listed."));
        return ExitStatus.OK;
    }
}
