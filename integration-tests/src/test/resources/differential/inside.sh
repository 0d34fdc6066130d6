# Inside the namespaces of play.sh: inside.sh HERE systemd|LAUNCHER ANSWERS LOG
set -eu
here=$1 manager=$2 answers=$3
# One that any user may run, where there is one.
python=/usr/bin/python3
[ -x $python ] || python=$(command -v python3)
mount --make-rprivate /
mount -t tmpfs tmpfs /run
mkdir -p /run/systemd/system /run/lock /run/diff
ip link set lo up
umount -l /sys/fs/cgroup 2>/dev/null || true
mount -t cgroup2 none /sys/fs/cgroup
if [ "$manager" = systemd ]; then
    "$python" "$here/drive.py" - "$here/scenarios.txt" /run/systemd/system -
    cat > /run/systemd/system/drive.service <<EOF
[Service]
ExecStart=$python $here/drive.py systemd $here/scenarios.txt - $answers
StandardOutput=file:/run/drive.log
StandardError=file:/run/drive.log
EOF
    # What every unit depends on unless it says DefaultDependencies=no.
    for target in sysinit basic sockets shutdown umount; do
        printf '[Unit]\nDefaultDependencies=no\n' > /run/systemd/system/$target.target
    done
    printf '[Unit]\nWants=drive.service\n' > /run/systemd/system/differential.target
    # No units of the host's, no generators, and no name that makes it look for a machine.
    exec env -i PATH="$PATH" container=podman SYSTEMD_UNIT_PATH=/run/systemd/system /lib/systemd/systemd \
        --system --unit=differential.target --show-status=no --log-target=console --log-level=info
fi
mkdir -p /run/units
"$python" "$here/drive.py" - "$here/scenarios.txt" /run/units -
"$manager" run --units /run/units --runtime /run/activator --state /run/state >/run/out &
until grep -q ready: /run/out; do sleep 0.05; done
exec "$python" "$here/drive.py" /run/activator/control.sock "$here/scenarios.txt" - "$answers"
