#compdef activator
# zsh completion for activator; save as _activator in a directory of $fpath, or use: source <(activator completion zsh)
_activator() {
  local verb= options= kind= i
  local -a runtime verbs
  for ((i = 2; i < CURRENT; i++)); do
    case ${words[i]} in
    --runtime)
      runtime=(--runtime ${words[i + 1]})
      ((i++))
      ;;
    -*) ;;
    *) [[ -z $verb ]] && verb=${words[i]} ;;
    esac
  done
  case ${words[CURRENT - 1]} in
  --runtime | --state | --units)
    _files -/
    return
    ;;
  esac
  case $verb in
    '')
      verbs=(@VERBS@)
      if [[ $PREFIX == -* ]]; then
        compadd -- @OPTIONS@
      else
        _describe verb verbs
      fi
      return
      ;;
@CASES@
  esac
  if [[ $PREFIX == -* ]]; then
    compadd -- ${=options}
  elif [[ $kind == units ]]; then
    compadd -- ${(f)"$(${words[1]} $runtime list-units --all --no-legend 2>/dev/null | sed -e 's/^[● ]*//' -e 's/ .*//')"}
  elif [[ $kind == shells ]]; then
    compadd -- bash zsh
  elif [[ $kind == files ]]; then
    _files
  fi
}
if [[ ${zsh_eval_context[-1]} == loadautofunc ]]; then
  _activator "$@"
else
  compdef _activator activator
fi
