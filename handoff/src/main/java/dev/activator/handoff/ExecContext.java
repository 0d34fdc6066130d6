package dev.activator.handoff;

import dev.activator.config.LimitName;
import dev.activator.config.ResourceLimit;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a child runs under, whatever it runs: the same for every launch of a command, so that it is worked out once. systemd.exec(5).
 *
 * @param credentials null: those of the super-server
 * @param umask 0 to 0777. UMask=
 * @param workingDirectory absolute. WorkingDirectory=
 * @param workingDirectoryOptional whether the child runs in / where the directory cannot be entered (WorkingDirectory=-/x)
 * @param limits what is not named is inherited. LimitNOFILE= and the like
 * @param nice −20 to 19, null: inherited. Nice=
 * @param oomScoreAdjust −1000 to 1000, null: inherited. OOMScoreAdjust=
 * @param noNewPrivileges whether set-user-ID programs and the like lose their power. NoNewPrivileges=
 * @param ignoreSigpipe whether SIGPIPE is ignored. IgnoreSIGPIPE=
 * @param boundingSet the only capabilities that the program can ever have, null: all. CapabilityBoundingSet=
 * @param ambientSet capabilities that it keeps without being root. AmbientCapabilities=
 * @param steps what programs of the host do on the way, in this order; mostly none
 * @param unconfinedIfNeeded whether it starts without capabilities taken away and without a sandbox where this process may not do that
 */
public record ExecContext(
        @Nullable Credentials credentials,
        int umask,
        String workingDirectory,
        boolean workingDirectoryOptional,
        Map<LimitName, ResourceLimit> limits,
        @Nullable Integer nice,
        @Nullable Integer oomScoreAdjust,
        boolean noNewPrivileges,
        boolean ignoreSigpipe,
        @Nullable Set<Capability> boundingSet,
        Set<Capability> ambientSet,
        List<HostStep> steps,
        boolean unconfinedIfNeeded) {

    public ExecContext {
        limits = limits.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(limits));
        boundingSet = boundingSet == null ? null : Set.copyOf(boundingSet);
        ambientSet = Set.copyOf(ambientSet);
        steps = List.copyOf(steps);
        require(
                workingDirectory.startsWith("/") && workingDirectory.indexOf(0) < 0,
                "directory '" + workingDirectory + "' is not absolute");
        require((umask & ~0777) == 0, "umask " + Integer.toOctalString(umask) + " is above 0777");
        require(nice == null || (nice >= -20 && nice <= 19), "nice " + nice + " is not in -20..19");
        require(
                oomScoreAdjust == null || (oomScoreAdjust >= -1000 && oomScoreAdjust <= 1000),
                "OOM score adjustment " + oomScoreAdjust + " is not in -1000..1000");
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
