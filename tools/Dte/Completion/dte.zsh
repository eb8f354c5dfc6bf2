# Completes the words of dte in zsh. In ~/.zshrc, after compinit: eval "$(dte completion zsh)"
_dte() {
  local -a words_of_dte
  words_of_dte=("${(@f)$(dte "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)}")
  compadd -a words_of_dte || _files
}
compdef _dte dte
