dir=$(dirname "$0")
[ "$1" = stop ] && rm -f "$dir/db.up" && exit 0
[ -e "$dir/db.broken" ] && exit 1
touch "$dir/db.up"
