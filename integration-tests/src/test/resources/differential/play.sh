#!/bin/sh
# Plays the scenarios beside this file under a manager, in namespaces of their own: play.sh systemd|LAUNCHER ANSWERS LOG. Needs root.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
group=/sys/fs/cgroup
[ -d /sys/fs/cgroup/unified ] && group=/sys/fs/cgroup/unified
group=$group/activator-differential-$$
mkdir "$group"
clean() { find "$group" -depth -type d -exec rmdir {} \; 2>/dev/null || true; }
trap clean EXIT
trap 'exit 143' TERM
# The child enters the group, and its namespace makes the group its root.
sh -c 'echo 0 > "$1/cgroup.procs" && shift && exec "$@"' sh "$group" \
    unshare --mount --pid --fork --net --uts --ipc --cgroup --mount-proc --kill-child -- \
    sh "$here/inside.sh" "$here" "$@" </dev/null >"$3" 2>&1 &
child=$!
trap 'kill -KILL $child 2>/dev/null; exit 143' TERM
tries=0
while [ ! -e "$2" ]; do
    tries=$((tries + 1))
    if [ $tries -gt 900 ] || ! kill -0 $child 2>/dev/null; then
        echo "no answers; see $3" >&2
        kill -KILL $child 2>/dev/null || true
        exit 1
    fi
    sleep 0.2
done
kill -KILL $child 2>/dev/null || true
wait $child 2>/dev/null || true
sleep 0.2
