package dev.activator.handoff;

import dev.activator.handoff.HostTools.Tool;
import dev.activator.listener.Errno;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Decides which stages a launch plan needs on this host: as few as possible, none for what posix_spawn does itself. Pure.
 *
 * <p>The order is that of privilege: cgroup, OOM score and limits need the power that the switch of user gives up. Limits come
 * late, so that they bind the program rather than the stages. The environment's dangerous part comes after the switch, so that
 * no program runs as root with a library path that an unprivileged user can write to.
 */
final class ChainComposer {
    /** The environment that a chain is spawned with must leave its own programs alone; these, and LD_*, do not. ld.so(8) */
    private static final List<String> UNSAFE_VARIABLES = List.of(
            "GCONV_PATH",
            "GETCONF_DIR",
            "GLIBC_TUNABLES",
            "HOSTALIASES",
            "LOCALDOMAIN",
            "LOCPATH",
            "MALLOC_TRACE",
            "NIS_PATH",
            "NLSPATH",
            "POSIXLY_CORRECT",
            "RES_OPTIONS",
            "RESOLV_HOST_CONF");

    private static final String ARGV0_SCRIPT = "unset PWD OLDPWD SHLVL; exec -a \"$0\" \"$@\"";
    private static final int NICE_FAILED = 125;
    private static final int ENV_FAILED = 125;
    private static final int SETPRIV_FAILED = 1;

    /** When the working directory is entered. */
    enum DirectoryStep {
        /** By posix_spawn, with our own credentials. */
        AT_SPAWN,
        /** With the program's credentials, for a directory that only its user can enter (NFS, FUSE). */
        AFTER_SWITCH
    }

    private final HostTools tools;
    private final Inherited inherited;

    ChainComposer(HostTools tools, Inherited inherited) {
        this.tools = tools;
        this.inherited = inherited;
    }

    /**
     * The chain for the plan.
     *
     * @throws LaunchFailure where a program that it takes is not installed, or a step can only fail for want of privilege
     */
    ExecChain compose(LaunchPlan plan, DirectoryStep directory) throws LaunchFailure {
        PlanChanges changes = PlanChanges.of(plan, inherited);
        ExecChain.Assembly assembly = new ExecChain.Assembly();
        boolean usesShell = plan.cgroup() != null
                || !plan.pidVariables().isEmpty()
                || changes.umask()
                || changes.oomScoreAdjust() != null;
        if (usesShell) {
            assembly.add(shell(plan, changes));
        }
        for (HostStep step : changes.steps()) {
            addStep(step, assembly);
        }
        addNice(changes, assembly);
        List<String> limits = changes.limits().forTool(usesShell);
        if (!limits.isEmpty()) {
            List<String> command = new ArrayList<>(List.of(tools.path(Tool.PRLIMIT, LaunchStage.LIMITS, "Limit*=")));
            command.addAll(limits);
            assembly.add(command, Map.of(1, LaunchStage.LIMITS));
        }
        addPrivileges(plan, changes, assembly);
        SortedMap<String, String> environment = new TreeMap<>(plan.environment());
        addEnvironment(plan, directory, assembly, environment);
        addName(plan, assembly);
        return assembly.chain(plan.executable(), plan.argv(), environment, changes.deviations());
    }

    private ExecStage shell(LaunchPlan plan, PlanChanges changes) throws LaunchFailure {
        ShellStage shell = new ShellStage();
        if (plan.cgroup() != null) {
            shell.joinCgroup(plan.cgroup());
        }
        if (changes.oomScoreAdjust() != null) {
            shell.adjustOomScore(changes.oomScoreAdjust());
        }
        changes.limits()
                .openFiles()
                .ifPresent(limit -> shell.limitOpenFiles(LimitSteps.text(limit.soft()), LimitSteps.text(limit.hard())));
        if (changes.umask()) {
            shell.umask(plan.context().umask());
        }
        shell.pidVariables(plan.pidVariables());
        return shell.stage(tools.path(Tool.SH, LaunchStage.EXEC, plan.unit()));
    }

    private void addStep(HostStep step, ExecChain.Assembly assembly) throws LaunchFailure {
        switch (step.kind()) {
            case SANDBOX -> addSandbox(step, assembly);
            case CPU_SCHEDULING -> addTool(Tool.CHRT, step, assembly);
            case CPU_AFFINITY -> addTool(Tool.TASKSET, step, assembly);
            case IO_SCHEDULING -> addTool(Tool.IONICE, step, assembly);
        }
    }

    private void addTool(Tool tool, HostStep step, ExecChain.Assembly assembly) throws LaunchFailure {
        LaunchStage stage = step.kind().stage();
        List<String> command = new ArrayList<>(List.of(tools.path(tool, stage, step.need())));
        command.addAll(step.arguments());
        assembly.add(command, Map.of(1, stage));
    }

    private void addSandbox(HostStep step, ExecChain.Assembly assembly) throws LaunchFailure {
        List<String> words = step.arguments();
        int end = words.indexOf("--");
        tools.path(Tool.MOUNT, LaunchStage.NAMESPACE, step.need());
        List<String> unshare = new ArrayList<>(List.of(
                tools.path(Tool.UNSHARE, LaunchStage.NAMESPACE, step.need()), "--mount", "--propagation=slave"));
        unshare.addAll(words.subList(0, end + 1));
        assembly.add(unshare, Map.of(1, LaunchStage.NAMESPACE));
        String shell = tools.path(Tool.SH, LaunchStage.NAMESPACE, step.need());
        List<String> script = new ArrayList<>(List.of(shell, "-c", Sandbox.SCRIPT, "sandbox"));
        script.addAll(words.subList(end + 1, words.size()));
        assembly.add(new ExecStage(Sandbox.COMM, script, Map.of(Sandbox.FAILED, LaunchStage.NAMESPACE)));
    }

    private void addNice(PlanChanges changes, ExecChain.Assembly assembly) throws LaunchFailure {
        Integer wanted = changes.nice();
        if (wanted != null) {
            // What nice(1) would go on after, a refusal, was found out before.
            String tool = tools.path(Tool.NICE, LaunchStage.NICE, "Nice=");
            assembly.add(
                    List.of(tool, "-n", Integer.toString(wanted - inherited.nice())),
                    Map.of(NICE_FAILED, LaunchStage.NICE));
        }
    }

    private void addPrivileges(LaunchPlan plan, PlanChanges changes, ExecChain.Assembly assembly) throws LaunchFailure {
        List<String> options = new ArrayList<>();
        LaunchStage hardest = LaunchStage.NO_NEW_PRIVILEGES;
        if (changes.boundingSet() != null) {
            options.add("--bounding-set=" + only(changes.boundingSet()));
            hardest = LaunchStage.CAPABILITIES;
        }
        if (!plan.context().ambientSet().isEmpty()) {
            options.add("--inh-caps=" + only(plan.context().ambientSet()));
            options.add("--ambient-caps=" + only(plan.context().ambientSet()));
            hardest = LaunchStage.CAPABILITIES;
        }
        if (changes.credentials() != null) {
            addCredentials(changes.credentials(), changes.keepsGroups(), options);
            hardest = LaunchStage.USER;
        }
        if (changes.noNewPrivileges()) {
            options.add("--no-new-privs");
        }
        if (!options.isEmpty()) {
            String need = hardest == LaunchStage.USER ? "User=" : "NoNewPrivileges= and Capability*=";
            options.add(0, tools.path(Tool.SETPRIV, hardest, need));
            assembly.add(options, Map.of(SETPRIV_FAILED, hardest));
        }
    }

    private static void addCredentials(Credentials wanted, boolean keepsGroups, List<String> options) {
        options.add("--reuid=" + wanted.uidText());
        options.add("--regid=" + wanted.gidText());
        if (keepsGroups) {
            options.add("--keep-groups");
        } else {
            options.add(wanted.groups().isEmpty() ? "--clear-groups" : "--groups=" + wanted.groupsText());
        }
    }

    /** Moves what the stages must not see to a stage that runs last and with the program's own credentials. */
    private void addEnvironment(
            LaunchPlan plan,
            DirectoryStep directory,
            ExecChain.Assembly assembly,
            SortedMap<String, String> environment)
            throws LaunchFailure {
        List<String> words = new ArrayList<>();
        if (directory == DirectoryStep.AFTER_SWITCH) {
            words.addAll(List.of("-C", plan.context().workingDirectory()));
        }
        if (!assembly.isEmpty()) {
            plan.environment().forEach((name, value) -> {
                if (isUnsafe(name)) {
                    environment.remove(name);
                    words.add(name + "=" + value);
                }
            });
        }
        if (words.isEmpty()) {
            return;
        }
        if (plan.executable().contains("=")) {
            throw LaunchFailure.of(plan, LaunchStage.EXEC, Errno.EINVAL, "env(1) takes a path with '=' for a variable");
        }
        words.add(0, tools.path(Tool.ENV, LaunchStage.EXEC, plan.unit()));
        assembly.add(words, Map.of(ENV_FAILED, LaunchStage.CHDIR));
    }

    private void addName(LaunchPlan plan, ExecChain.Assembly assembly) throws LaunchFailure {
        String name = plan.argv().get(0);
        if (!assembly.isEmpty() && !name.equals(plan.executable())) {
            String bash = tools.path(Tool.BASH, LaunchStage.EXEC, "ExecStart=@");
            assembly.add(List.of(bash, "-c", ARGV0_SCRIPT, name), Map.of());
        }
    }

    private static boolean isUnsafe(String name) {
        return name.startsWith("LD_") || UNSAFE_VARIABLES.contains(name) || ShellStage.OWN_VARIABLES.contains(name);
    }

    private static String only(Iterable<Capability> capabilities) {
        StringBuilder text = new StringBuilder("-all");
        capabilities.forEach(capability -> text.append(",+").append(capability.name()));
        return text.toString();
    }
}
