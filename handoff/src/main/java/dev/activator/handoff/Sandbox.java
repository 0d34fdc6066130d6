package dev.activator.handoff;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a process sees of the host, put together: mounts that hold in a namespace of its own. Every value is an argument of a constant
 * script. systemd.exec(5) "Sandboxing", mount_namespaces(7).
 */
public final class Sandbox {
    /** A program that exits under this name has not come past the script. */
    static final String COMM = "(sandbox)";

    static final int FAILED = 226;

    /**
     * Operations up to {@code --}, each with its words, then the rest of the chain. A path with a minus in front may be missing.
     * First come mounts and hidden paths in the order given; then every mount point is given the access of the innermost path that is
     * an access path above it.
     */
    static final String SCRIPT = """
            { echo '(sandbox)' >/proc/$$/comm; } 2>/dev/null
            sb_search=$PATH PATH=/usr/sbin:/usr/bin:/sbin:/bin
            fail() { echo "sandbox: $*" >&2; exit 226; }
            known() {
              sb_path=${1#-}
              [ -e "$sb_path" ] && return
              [ "$sb_path" = "$1" ] || return 1
              fail "'$sb_path' does not exist"
            }
            sb_access='
            '
            while [ "$1" != -- ]; do
              case $1 in
              bind) if known "$2"; then mount --rbind "$sb_path" "$3" || fail "cannot mount '$sb_path' on '$3'"; fi; shift 3 ;;
              tmpfs) if known "$2"; then mount -t tmpfs -o "nosuid,nodev,$3" tmpfs "$sb_path" || fail "cannot mount a tmpfs on '$sb_path'"; fi; shift 3 ;;
              hide)
                if known "$2"; then
                  if [ -d "$sb_path" ]; then mount -t tmpfs -o ro,nosuid,nodev,noexec,mode=000,size=4k tmpfs "$sb_path"
                  else mount --bind /dev/null "$sb_path"; fi || fail "cannot hide '$sb_path'"
                fi
                shift 2 ;;
              dev)
                mount -t tmpfs -o nosuid,noexec,mode=755,size=4m tmpfs "$2" || fail "cannot mount a tmpfs on '$2'"
                for sb_node in null zero full random urandom tty; do
                  : >"$2/$sb_node" && mount --bind "/dev/$sb_node" "$2/$sb_node" || fail "cannot mount '/dev/$sb_node'"
                done
                for sb_tree in pts shm mqueue hugepages; do
                  if [ -d "/dev/$sb_tree" ]; then mkdir "$2/$sb_tree" && mount --rbind "/dev/$sb_tree" "$2/$sb_tree" || fail "cannot mount '/dev/$sb_tree'"; fi
                done
                ln -s pts/ptmx "$2/ptmx"; ln -s /proc/self/fd "$2/fd"
                ln -s fd/0 "$2/stdin"; ln -s fd/1 "$2/stdout"; ln -s fd/2 "$2/stderr"
                if [ -S /dev/log ]; then : >"$2/log" && mount --bind /dev/log "$2/log"; fi
                mount --move "$2" /dev || fail "cannot move '$2' to /dev"
                shift 2 ;;
              loopback) ip link set lo up 2>/dev/null || true; shift ;;
              ro | rw)
                if known "$2"; then
                  [ "$sb_path" = / ] || mount --rbind "$sb_path" "$sb_path" || fail "cannot mount '$sb_path' on itself"
                  sb_access="$sb_access$1 ${sb_path%/}
            "
                fi
                shift 2 ;;
              *) fail "'$1' is no operation" ;;
              esac
            done
            shift
            if [ "${#sb_access}" -gt 2 ]; then
              while read -r sb_x sb_x sb_x sb_x sb_at sb_options sb_x; do
                case $sb_at in *\\\\*) sb_at=$(printf '%b' "$sb_at") ;; esac
                [ "$sb_at" = / ] && sb_at=
                sb_mode= sb_longest=-1
                while read -r sb_wanted sb_path; do
                  [ -n "$sb_wanted" ] || continue
                  case $sb_at in "$sb_path" | "$sb_path"/*) if [ "${#sb_path}" -gt "$sb_longest" ]; then sb_mode=$sb_wanted sb_longest=${#sb_path}; fi ;; esac
                done <<END
            $sb_access
            END
                case $sb_mode:$sb_options in
                ro:rw*) mount -o "remount,bind,$sb_options,ro" "${sb_at:-/}" || fail "cannot make '${sb_at:-/}' read-only" ;;
                esac
              done </proc/self/mountinfo
            fi
            PATH=$sb_search
            exec "$@"
            """;

    private final Set<String> namespaces = new TreeSet<>();
    private final List<String> operations = new ArrayList<>();
    private final Map<String, Boolean> access = new LinkedHashMap<>();
    private final Set<String> needs = new TreeSet<>();

    /** Notes a setting that is a reason for it, {@code PrivateTmp=}. */
    public Sandbox need(String setting) {
        needs.add(setting);
        return this;
    }

    /** A namespace of its own: {@code net}, {@code ipc}, {@code uts}; mounts always have one. */
    public Sandbox namespace(String name) {
        namespaces.add(name);
        if (name.equals("net")) {
            operations.add("loopback");
        }
        return this;
    }

    /** {@code source} with all that is mounted below it appears at {@code target} as well, which exists. */
    public Sandbox bind(String source, String target) {
        operations.addAll(List.of("bind", source, target));
        return this;
    }

    /** An empty file system in memory. {@code options}: as of tmpfs(5), may be empty */
    public Sandbox tmpfs(String path, String options) {
        operations.addAll(List.of("tmpfs", path, options.isEmpty() ? "mode=755" : options));
        return this;
    }

    /** Nothing of it can be read. A minus in front: where there is none, all is well. */
    public Sandbox hide(String path) {
        operations.addAll(List.of("hide", path));
        return this;
    }

    /** A /dev without real devices. {@code workshop}: an empty directory that only we use */
    public Sandbox privateDevices(String workshop) {
        operations.addAll(List.of("dev", workshop));
        return this;
    }

    /** What lies at or below the path cannot be written to, unless a longer path says so. */
    public Sandbox readOnly(String path) {
        access.putIfAbsent(path, false);
        return this;
    }

    /** The opposite; wins over {@link #readOnly} of the same path. */
    public Sandbox writable(String path) {
        access.put(path, true);
        return this;
    }

    /** Whether nothing was asked for. */
    public boolean isEmpty() {
        return needs.isEmpty();
    }

    /** All of it as a step of a launch. */
    public HostStep step() {
        List<String> arguments = new ArrayList<>();
        namespaces.forEach(name -> arguments.add("--" + name));
        arguments.add("--");
        arguments.addAll(operations);
        access.forEach((path, isWritable) -> arguments.addAll(List.of(isWritable ? "rw" : "ro", path)));
        arguments.add("--");
        return new HostStep(HostStep.Kind.SANDBOX, arguments, String.join(", ", needs));
    }
}
