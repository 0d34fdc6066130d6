package dev.activator.handoff;

import java.util.List;

/** Progress through a chain of programs, read from the process's name and command line. */
final class ChainProgress implements LaunchProgress {
    private final LaunchPlan plan;
    private final ExecChain chain;
    private boolean hasExecuted;
    private String lastName = "";

    ChainProgress(LaunchPlan plan, ExecChain chain) {
        this.plan = plan;
        this.chain = chain;
        hasExecuted = chain.isDirect();
    }

    @Override
    public boolean hasExecuted(int pid) {
        if (!hasExecuted) {
            byte[] commandLine = ProcFile.commandLine(pid);
            hasExecuted = commandLine.length > 0 && !chain.isStage(commandLine);
        }
        return hasExecuted;
    }

    @Override
    public void exiting(int pid) {
        lastName = hasExecuted ? "" : ProcFile.comm(pid);
    }

    @Override
    public ExitStatus diagnose(ExitStatus status) {
        if (hasExecuted || !chain.isStageName(lastName) || !(status instanceof ExitStatus.Exited exited)) {
            return status;
        }
        LaunchStage failed = chain.failure(lastName, exited.code());
        return failed == null ? status : new ExitStatus.NeverExecuted(failed, failed.describe(plan));
    }

    @Override
    public List<String> deviations() {
        return chain.deviations();
    }

    @Override
    public String unit() {
        return plan.unit();
    }
}
