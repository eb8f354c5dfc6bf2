# Completes the words of dte in bash. In ~/.bashrc: eval "$(dte completion bash)"
_dte() {
  local IFS=$'\n'
  COMPREPLY=($(compgen -W "$(dte "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _dte dte
