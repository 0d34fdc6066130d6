echo "$1 $2" >> "$(dirname "$0")/notes"
