package dev.activator.config;

/** Rows of systemd.exec(5) that are known and not applied, and that lose no security when they are not. */
final class ExecDirectivesNotApplied {
    private ExecDirectivesNotApplied() {}

    static void addTo(Rows rows) {
        Harmless never = Harmless.NEVER;
        scheduling(rows, never);
        rows.unsupported("the service's output goes to its own log file", never, """
                SyslogFacility|Facility of log lines.
                SyslogLevel|Level of log lines.
                SyslogLevelPrefix|Whether a level in front of a line counts.
                LogLevelMax|Highest level that is logged.
                LogRateLimitIntervalSec|Time in which LogRateLimitBurst= lines are logged.
                LogRateLimitBurst|How many lines LogRateLimitIntervalSec= allows.
                LogExtraFields*|More fields of log lines.
                LogFilterPatterns*|Patterns of lines that are logged, or not.
                LogNamespace|A journal of its own.""");
        rows.unsupported("no terminal is opened for a service", Harmless.NO, """
                TTYPath|The terminal.
                TTYReset|Resets the terminal.
                TTYVHangup|Disconnects other users of the terminal.
                TTYVTDisallocate|Clears the terminal.
                TTYRows|Lines of the terminal.
                TTYColumns|Columns of the terminal.
                UtmpIdentifier|Entry in the list of sessions.
                UtmpMode|Kind of that entry.""");
        rows.unsupported("a service gets no credentials", never, """
                SetCredential*|A credential in the unit file.
                SetCredentialEncrypted*|The same, encrypted.
                LoadCredential*|A credential from a file.
                LoadCredentialEncrypted*|The same, encrypted.
                ImportCredential*|Credentials of the system.""");
        rows.unsupported("directories stay as they are when the service ends", never, """
                RuntimeDirectoryPreserve|When the directories of RuntimeDirectory= are kept.
                TimeoutCleanSec|Longest time to clean directories.
                StateDirectoryAccounting|Counts the size of the state directories.
                StateDirectoryQuota|Limits the size of the state directories.
                CacheDirectoryAccounting|Counts the size of the cache directories.
                CacheDirectoryQuota|Limits the size of the cache directories.
                LogsDirectoryAccounting|Counts the size of the log directories.
                LogsDirectoryQuota|Limits the size of the log directories.""");
        rows.unsupported("programs are searched for in the usual directories", never, """
                ExecSearchPath*|Where a program without a path is searched for.""");
        rows.unsupported("the user's variables are set when User= is", never, """
                SetLoginEnvironment|Whether HOME, LOGNAME and SHELL are set.""");
        rows.unsupported("it has no effect here", Harmless.NO, """
                RemoveIPC|Removes System V IPC objects of the user when the service ends.
                CoredumpFilter|What a core dump has.
                CoredumpReceive|Takes core dumps of containers.
                KeyringMode|Which kernel keyring the service gets.
                Personality|Kind of system that uname(2) tells.
                MemoryKSM|Merges equal memory pages.
                MemoryTHP|Huge memory pages.""");
        rows.unsupported("a service gets no capability that its user does not have", never, """
                Capabilities|Obsolete.""");
        rows.unsupported("file systems are not set up for a service", Harmless.NO, """
                MountFlags|How mounts propagate.
                MountAPIVFS|Mounts /proc, /sys and /dev in RootDirectory=.
                BindLogSockets|Mounts the journal's sockets.
                RootImageOptions*|Mount options of RootImage=.
                RootImagePolicy|Policy of RootImage=.
                RootHash|Hash of RootImage=.
                RootHashSignature|Signature of RootHash=.
                RootVerity|Verity data of RootImage=.
                RootEphemeral|Throws changes to the root away.
                ExtensionDirectories*|Directories that are laid over /usr and /opt.
                ExtensionImages*|Images that are laid over /usr and /opt.
                ExtensionImagePolicy|Policy of those images.
                MountImages*|Images that are mounted.
                MountImagePolicy|Policy of those images.""");
        rows.unsupported("it lifts restrictions of other settings, and there are none", Harmless.NEVER, """
                ExecPaths*|Paths whose programs may be run.""");
    }

    private static void scheduling(Rows rows, Harmless never) {
        rows.unsupported("it is not set", never, """
                NUMAPolicy|Memory policy.
                NUMAMask|Memory nodes.
                TimerSlackNSec|How late timers may fire.""");
    }
}
