package dev.activator.experiment;

/**
 * What was used at one moment of a run. Negative figures are unknown.
 *
 * @param seconds since the begin of the run, when clients begin to come
 * @param serviceBytes proportional set size of all processes of services
 * @param serverBytes resident memory of the super-server, also what it shares
 * @param processes how many the services have
 * @param serviceCpuNanos processor time of all processes of services since the begin, of those that have ended, too
 * @param serverCpuNanos the super-server's since the begin
 * @param serviceSwitches context switches of the services' threads since the begin, as far as looks saw them
 * @param serverSwitches the super-server's since the begin
 */
record Look(
        double seconds,
        long serviceBytes,
        long serverBytes,
        int processes,
        long serviceCpuNanos,
        long serverCpuNanos,
        long serviceSwitches,
        long serverSwitches) {}
