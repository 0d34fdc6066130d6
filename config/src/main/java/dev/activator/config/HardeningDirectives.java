package dev.activator.config;

/** Rows that promise security and cannot be applied; a unit with one of them does not start unless that is allowed. */
final class HardeningDirectives {
    private HardeningDirectives() {}

    static void addTo(Rows rows) {
        Harmless never = Harmless.NEVER;
        fileSystem(rows, never);
        namespaces(rows, never);
        rows.refused("system calls are not filtered", Harmless.NO, """
                SystemCallFilter*|System calls that may, or may not, be made.
                SystemCallArchitectures*|Kinds of system calls that may be made.
                MemoryDenyWriteExecute|Memory is never both writable and executable.
                RestrictNamespaces*|Namespaces that may be made.
                RestrictRealtime|No real-time scheduling.
                RestrictSUIDSGID|No set-user-id or set-group-id files.
                RestrictAddressFamilies*|Kinds of sockets that may be made.
                RestrictFileSystems*|Kinds of file systems that may be used.
                LockPersonality|The personality cannot be changed.""");
        rows.unsupported("system calls are not filtered", never, """
                SystemCallErrorNumber|Error of a filtered system call.
                SystemCallLog*|System calls that are logged.""");
        rows.refused("capabilities are not taken away", never, """
                SecureBits*|Rules for capabilities of user root.""");
        rows.refused("PAM sessions are not opened", never, """
                PAMName|Opens a PAM session with this service name.""");
        rows.refused("security labels are not set", Harmless.optional("-"), """
                SELinuxContext|SELinux context of the service.
                AppArmorProfile|AppArmor profile of the service.
                SmackProcessLabel|Smack label of the service.""");
        rows.refused("network traffic is not filtered", never, """
                IPAddressDeny*|Addresses that the service cannot talk to.
                IPIngressFilterPath*|BPF filters of incoming packets.
                IPEgressFilterPath*|BPF filters of outgoing packets.
                SocketBindDeny*|Ports that the service cannot bind.
                RestrictNetworkInterfaces*|Interfaces that the service can use.
                BindNetworkInterface|The one interface that new sockets use.
                BPFProgram*|BPF programs of the control group.""");
        rows.unsupported("network traffic is not filtered, so all is allowed", never, """
                IPAddressAllow*|Addresses that the service can talk to.
                SocketBindAllow*|Ports that the service can bind.""");
        rows.refused("access to devices is not restricted", Harmless.words("auto"), """
                DevicePolicy|Which devices the service can use: auto, closed or strict.""");
        rows.refused("access to devices is not restricted", never, """
                DeviceAllow*|Devices that the service can use.""");
    }

    private static void fileSystem(Rows rows, Harmless never) {
        rows.refused("the service's view of the file system is not changed", never, """
                RootDirectory|Root directory of the service.
                RootImage|File system image that is the service's root.
                RootMStack|Stack of file systems that is the service's root.
                NoExecPaths*|Paths whose programs may not be run.""");
        rows.refused("the service's view of /proc is not changed", Harmless.words("default", "all"), """
                ProtectProc|Hides processes of others: noaccess, invisible or ptraceable.
                ProcSubset|Hides all of /proc but processes: pid.""");
    }

    private static void namespaces(Rows rows, Harmless never) {
        rows.refused("namespaces are not set up", Harmless.NO, """
                PrivateUsers|Gives the service users of its own.
                PrivatePIDs|Gives the service process numbers of its own.
                PrivateBPF|Gives the service a BPF file system of its own.
                DelegateNamespaces*|Namespaces that are made with the service's own rights.""");
        rows.refused("namespaces are not set up", never, """
                NetworkNamespacePath|File that stands for the network of the service.
                IPCNamespacePath|File that stands for the System V IPC of the service.
                UserNamespacePath|File that stands for the users of the service.""");
        rows.unsupported("BPF rights are not delegated", never, """
                BPFDelegateCommands|BPF commands that the service may use.
                BPFDelegateMaps|BPF maps that the service may make.
                BPFDelegatePrograms|BPF programs that the service may load.
                BPFDelegateAttachments|BPF attachments that the service may make.""");
    }
}
