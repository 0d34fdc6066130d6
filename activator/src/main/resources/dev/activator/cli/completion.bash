# bash completion for activator; use: source <(activator completion bash)
_activator() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} verb= options= kind= i
  local -a runtime=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    case ${COMP_WORDS[i]} in
    --runtime)
      runtime=(--runtime "${COMP_WORDS[i + 1]}")
      ((i++))
      ;;
    -*) ;;
    *) [[ -z $verb ]] && verb=${COMP_WORDS[i]} ;;
    esac
  done
  case $previous in
  --runtime | --state | --units)
    mapfile -t COMPREPLY < <(compgen -d -- "$current")
    return
    ;;
  esac
  case $verb in
    '') options="@OPTIONS@ @VERBS@" kind=verbs ;;
@CASES@
  esac
  if [[ $kind == verbs || $current == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$options" -- "$current")
  elif [[ $kind == units ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$("${COMP_WORDS[0]}" "${runtime[@]}" list-units --all --no-legend 2>/dev/null |
      sed -e 's/^[● ]*//' -e 's/ .*//')" -- "$current")
  elif [[ $kind == shells ]]; then
    mapfile -t COMPREPLY < <(compgen -W "bash zsh" -- "$current")
  elif [[ $kind == files ]]; then
    mapfile -t COMPREPLY < <(compgen -f -- "$current")
  fi
}
complete -o filenames -F _activator activator
