# Runs until SIGTERM, notes when it was asked to stop and leaves a second process of its own.
trap 'echo "$1 stopped" >>"$2/order"; exit 0' TERM
sleep 600 &
echo "$1 started" >>"$2/order"
wait
