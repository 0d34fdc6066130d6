package dev.activator.config;

/** Rows of systemd.resource-control(5): known and not applied. */
final class ResourceDirectives {
    private ResourceDirectives() {}

    static void addTo(Rows rows) {
        Harmless never = Harmless.NEVER;
        rows.unsupported("it is not set for the control group", Harmless.words("infinity"), """
                StartupAllowedCPUs*|The same during boot.
                AllowedMemoryNodes*|Memory nodes that may be used.
                StartupAllowedMemoryNodes*|The same during boot.
                CPUSetPartition|Keeps processors to the unit.
                StartupCPUWeight|The same during boot.
                StartupMemoryLow|The same during boot.
                StartupMemoryHigh|The same during boot.
                StartupMemoryMax|The same during boot.
                StartupMemorySwapMax|The same during boot.
                MemoryZSwapMax|Most compressed swap space.
                StartupMemoryZSwapMax|The same during boot.
                MemoryZSwapWriteback|Writes compressed swap space to disk.
                StartupIOWeight|The same during boot.
                IODeviceWeight*|Share of I/O of one device.
                IOReadBandwidthMax*|Most bytes read each second.
                IOWriteBandwidthMax*|Most bytes written each second.
                IOReadIOPSMax*|Most reads each second.
                IOWriteIOPSMax*|Most writes each second.
                IODeviceLatencyTargetSec*|Aim for the latency of a device.""");
        rows.unsupported("usage is measured as far as the kernel does by itself", Harmless.ALWAYS, """
                MemoryAccounting|Measures memory.
                IOAccounting|Measures I/O.
                TasksAccounting|Counts processes and threads.
                IPAccounting|Measures network traffic.
                CPUAccounting|Obsolete.""");
        rows.unsupported("all units' control groups are siblings", never, """
                Slice|The group of units that this one belongs to.""");
        rows.unsupported("control groups are not handed over", Harmless.NO, """
                Delegate|Hands the control group over to the service.
                DelegateSubgroup|Name of the service's own group below it.
                DisableControllers*|Controllers that stay off below the unit.""");
        rows.unsupported("memory pressure is left to the kernel", Harmless.words("auto"), """
                ManagedOOMSwap|What systemd-oomd does when swap space is short.
                ManagedOOMMemoryPressure|What systemd-oomd does at memory pressure.
                ManagedOOMMemoryPressureLimit|The pressure from which on it does.
                ManagedOOMMemoryPressureDurationSec|How long the pressure must last.
                ManagedOOMPreference|Whether the unit is spared.
                OOMRules*|More rules for systemd-oomd.
                MemoryPressureWatch|Tells the service of memory pressure.
                MemoryPressureThresholdSec|The pressure that is told.
                CPUPressureWatch|Tells the service of processor pressure.
                CPUPressureThresholdSec|The pressure that is told.
                IOPressureWatch|Tells the service of I/O pressure.
                IOPressureThresholdSec|The pressure that is told.""");
        rows.unsupported("firewall sets are not filled", never, """
                NFTSet*|Firewall sets that the unit's ids are added to.""");
        rows.unsupported("it is obsolete", never, """
                CPUShares|Obsolete; CPUWeight= in systemd.
                StartupCPUShares|Obsolete; StartupCPUWeight= in systemd.
                DefaultMemoryMin|Obsolete for services.
                DefaultMemoryLow|Obsolete for services.
                DefaultStartupMemoryLow|Obsolete for services.
                MemoryLimit|Obsolete; MemoryMax= in systemd.
                BlockIOAccounting|Obsolete; IOAccounting= in systemd.
                BlockIOWeight|Obsolete; IOWeight= in systemd.
                StartupBlockIOWeight|Obsolete; StartupIOWeight= in systemd.
                BlockIODeviceWeight|Obsolete; IODeviceWeight= in systemd.
                BlockIOReadBandwidth|Obsolete; IOReadBandwidthMax= in systemd.
                BlockIOWriteBandwidth|Obsolete; IOWriteBandwidthMax= in systemd.
                NetClass|Obsolete.""");
    }
}
