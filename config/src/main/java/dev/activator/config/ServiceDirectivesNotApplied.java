package dev.activator.config;

import java.util.List;

/** The rows of [Service] that are known and not applied. systemd.service(5). */
final class ServiceDirectivesNotApplied {
    private static final Rows BUS = new Rows("Service");
    private static final Directive<List<String>> BUS_NAME =
            BUS.add(BUS.row("BusName", Syntaxes.RAW, List.of(), "The service's name on D-Bus.")
                    .unsupported("there is no D-Bus"));

    private ServiceDirectivesNotApplied() {}

    static Directive<List<String>> busName() {
        return BUS_NAME;
    }

    static void addTo(Rows rows) {
        rows.add(BUS_NAME);
        Harmless never = Harmless.NEVER;
        rows.unsupported("it has no effect here", never, """
                ExecReloadPost*|Commands after a reload.
                RuntimeRandomizedExtraSec|Random part of RuntimeMaxSec=.
                SysVStartPriority|Obsolete.
                BusPolicy|Obsolete.""");
        rows.unsupported("the main process alone decides", Harmless.words("main"), """
                ExitType|Whether the main process or the whole control group decides that the service has ended.""");
        rows.unsupported("other units never see a restart, as with direct", Harmless.words("normal", "direct"), """
                RestartMode|Whether other units see a restart: normal, direct or debug.""");
        rows.unsupported("all commands run with the service's own rights; use the prefix '+'", Harmless.NO, """
                PermissionsStartOnly|Whether User= and its like hold for ExecStart= only.
                RootDirectoryStartOnly|Whether RootDirectory= holds for ExecStart= only.""");
        rows.unsupported("the main process is found without this", Harmless.YES, """
                GuessMainPID|Whether the main process of Type=forking is guessed without PIDFile=.""");
        rows.unsupported("the super-server does not outlive the kernel", never, """
                LUOSession*|Sessions that are kept over a kernel's live update.""");
        rows.unsupported("there are no USB functions without a USB device controller", never, """
                USBFunctionDescriptors|File with USB function descriptors.
                USBFunctionStrings|File with USB function strings.""");
        rows.unsupported(
                "a service is not stopped when one of its processes runs out of memory",
                Harmless.words("continue"),
                """
                OOMPolicy|What happens when the kernel kills a process for lack of memory: continue, stop or kill.""");
        rows.unsupported("nothing is refreshed at a reload", Harmless.NO, """
                RefreshOnReload|What a reload refreshes: extensions, credentials.""");
        rows.unsupported("the state of the system is left alone", Harmless.words("none"), """
                StartLimitAction|Old place of [Unit] StartLimitAction=.
                FailureAction|Old place of [Unit] FailureAction=.
                RebootArgument|Old place of [Unit] RebootArgument=.""");
    }
}
