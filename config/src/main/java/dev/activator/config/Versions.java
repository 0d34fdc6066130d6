package dev.activator.config;

import java.util.HashMap;
import java.util.Map;

/** systemd's version that brought each directive; those that are not listed are older than version 183, or undated. The manual pages' "Added in". */
final class Versions {
    private static final String UNIT = """
            201: After Alias AllowIsolate Also Before BindsTo ConditionArchitecture Conflicts DefaultDependencies Description
            201: Documentation IgnoreOnIsolate JobRunningTimeoutSec JobTimeoutSec OnFailure PartOf PropagatesReloadTo
            201: RefuseManualStart RefuseManualStop ReloadPropagatedFrom RequiredBy Requires RequiresMountsFor Requisite
            201: SourcePath StopWhenUnneeded UpheldBy WantedBy Wants
            209: JoinsNamespaceOf OnFailureJobMode OnSuccessJobMode
            215: DefaultInstance
            218: AssertACPower AssertArchitecture AssertCPUFeature AssertCPUPressure AssertCPUs AssertCapability
            218: AssertControlGroupController AssertCredential AssertDirectoryNotEmpty AssertEnvironment
            218: AssertFileIsExecutable AssertFileNotEmpty AssertFirstBoot AssertFraction AssertGroup AssertHost
            218: AssertIOPressure AssertKernelCommandLine AssertKernelModuleLoaded AssertKernelVersion AssertMachineTag
            218: AssertMemory AssertMemoryPressure AssertNeedsUpdate AssertOSRelease AssertPathExists AssertPathExistsGlob
            218: AssertPathIsDirectory AssertPathIsEncrypted AssertPathIsMountPoint AssertPathIsReadWrite AssertPathIsSocket
            218: AssertPathIsSymbolicLink AssertSecurity AssertUser AssertVersion AssertVirtualization
            229: RebootArgument StartLimitAction
            236: CollectMode FailureAction SuccessAction
            240: FailureActionExitStatus JobTimeoutAction JobTimeoutRebootArgument SuccessActionExitStatus
            244: ConditionACPower ConditionCPUs ConditionCapability ConditionControlGroupController
            244: ConditionDirectoryNotEmpty ConditionFileIsExecutable ConditionFileNotEmpty ConditionFirstBoot ConditionGroup
            244: ConditionHost ConditionKernelCommandLine ConditionKernelVersion ConditionMemory ConditionNeedsUpdate
            244: ConditionPathExists ConditionPathExistsGlob ConditionPathIsDirectory ConditionPathIsMountPoint
            244: ConditionPathIsReadWrite ConditionPathIsSymbolicLink ConditionSecurity ConditionUser ConditionVirtualization
            246: ConditionEnvironment ConditionPathIsEncrypted
            248: ConditionCPUFeature
            249: ConditionFirmware ConditionOSRelease OnSuccess PropagatesStopTo StopPropagatedFrom Upholds
            250: ConditionCPUPressure ConditionIOPressure ConditionMemoryPressure
            252: ConditionCredential
            255: SurviveFinalKillSignal
            256: WantsMountsFor
            258: ConditionKernelModuleLoaded ConditionVersion
            260: ConditionPathIsSocket
            261: ConditionFraction ConditionMachineTag""";

    private static final String SOCKET = """
            196: SmackLabel SmackLabelIPIn SmackLabelIPOut
            206: ReusePort
            214: RemoveOnStop SocketGroup SocketUser Symlinks
            216: DeferAcceptSec KeepAliveIntervalSec KeepAliveProbes KeepAliveTimeSec NoDelay
            217: SELinuxContextFromNet
            227: FileDescriptorName ListenUSBFunction Writable
            229: SocketProtocol
            230: TriggerLimitBurst TriggerLimitIntervalSec
            232: MaxConnectionsPerSource
            246: PassPacketInfo
            247: FlushPending Timestamping
            255: PollLimitBurst PollLimitIntervalSec
            256: PassFileDescriptorsToExec
            258: AcceptFileDescriptors DeferTrigger DeferTriggerMaxSec PassPIDFD
            262: XAttrAccept XAttrEntryPoint XAttrListen""";

    private static final String SERVICE = """
            187: KillMode KillSignal NoNewPrivileges SendSIGKILL SystemCallFilter
            188: TimeoutStartSec TimeoutStopSec
            189: RestartPreventExitStatus SuccessExitStatus
            207: SendSIGHUP
            208: DeviceAllow MemoryAccounting Slice
            209: Personality PrivateDevices SELinuxContext SystemCallArchitectures SystemCallErrorNumber
            210: AppArmorProfile
            211: CacheDirectory ConfigurationDirectory LogsDirectory RestrictAddressFamilies RuntimeDirectory StateDirectory
            213: CPUQuota
            214: ProtectHome ProtectSystem
            215: RestartForceExitStatus
            218: Delegate SmackProcessLabel
            219: FileDescriptorStoreMax
            225: UtmpMode
            227: TasksAccounting USBFunctionDescriptors USBFunctionStrings
            228: PassEnvironment
            229: AmbientCapabilities RuntimeMaxSec
            230: IOAccounting
            231: ExecPaths InaccessiblePaths MemoryDenyWriteExecute NoExecPaths ReadOnlyPaths ReadWritePaths RestrictRealtime
            232: DynamicUser PrivateUsers ProtectControlGroups ProtectKernelModules ProtectKernelTunables RemoveIPC
            233: BindPaths BindReadOnlyPaths MountAPIVFS RestrictNamespaces RootImage
            234: CacheDirectoryMode ConfigurationDirectoryMode LogsDirectoryMode RuntimeDirectoryMode StateDirectoryMode
            235: IPAccounting KeyringMode LockPersonality RuntimeDirectoryPreserve UnsetEnvironment
            236: LogExtraFields LogLevelMax StandardInputData StandardInputText
            238: TemporaryFileSystem
            239: PrivateMounts
            240: DisableControllers FinalKillSignal LogRateLimitBurst LogRateLimitIntervalSec WatchdogSignal
            242: CPUQuotaPeriodSec NetworkNamespacePath ProtectHostname RestrictSUIDSGID
            243: ExecCondition NUMAMask NUMAPolicy OOMPolicy TimeoutAbortSec
            244: AllowedCPUs AllowedMemoryNodes ProtectKernelLogs RestartKillSignal StartupAllowedCPUs
            244: StartupAllowedMemoryNodes TimeoutCleanSec
            245: LogNamespace ProtectClock
            246: CoredumpFilter RootHash RootHashSignature RootVerity TimeoutStartFailureMode TimeoutStopFailureMode
            247: LoadCredential LoadCredentialEncrypted ManagedOOMMemoryPressureLimit MountImages ProcSubset ProtectProc
            247: RootImageOptions SetCredential SetCredentialEncrypted SystemCallLog
            248: ExtensionImages IPCNamespacePath PrivateIPC
            250: ExecSearchPath ExitType RestrictFileSystems RestrictNetworkInterfaces RuntimeRandomizedExtraSec TTYColumns
            250: TTYRows
            251: ExtensionDirectories
            253: LogFilterPatterns OpenFile ReloadSignal
            254: DelegateSubgroup ExtensionImagePolicy FileDescriptorStorePreserve ImportCredential MemoryKSM
            254: MemoryPressureThresholdSec MemoryPressureWatch MountImagePolicy RestartMaxDelaySec RestartMode RestartSteps
            254: RootEphemeral RootImagePolicy
            255: CoredumpReceive NFTSet SetLoginEnvironment
            256: MemoryZSwapWriteback
            257: BindLogSockets ManagedOOMMemoryPressureDurationSec PrivatePIDs
            258: BPFDelegateAttachments BPFDelegateCommands BPFDelegateMaps BPFDelegatePrograms CacheDirectoryAccounting
            258: CacheDirectoryQuota DelegateNamespaces LogsDirectoryAccounting LogsDirectoryQuota PrivateBPF
            258: StateDirectoryAccounting StateDirectoryQuota
            259: ExecReloadPost UserNamespacePath
            260: BindNetworkInterface MemoryTHP RefreshOnReload RootMStack
            261: CPUPressureThresholdSec CPUPressureWatch CPUSetPartition IOPressureThresholdSec IOPressureWatch OOMRules
            262: LUOSession RestartRandomizedDelaySec""";

    private static final Map<String, Map<String, String>> BY_SECTION =
            Map.of("Unit", read(UNIT), "Socket", read(SOCKET), "Service", read(SERVICE));

    private Versions() {}

    /** The version's number, {@code 229}; empty where none is known. */
    static String of(String section, String name) {
        return BY_SECTION.getOrDefault(section, Map.of()).getOrDefault(name, "");
    }

    private static Map<String, String> read(String table) {
        Map<String, String> versions = new HashMap<>();
        for (String line : table.split("\n", -1)) {
            int colon = line.indexOf(':');
            for (String name : line.substring(colon + 2).split(" ", -1)) {
                versions.put(name, line.substring(0, colon));
            }
        }
        return versions;
    }
}
