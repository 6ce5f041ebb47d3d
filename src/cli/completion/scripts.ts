/** What a shell needs to ask us; each asks with the line as it stands before the cursor. */
export const SCRIPTS: Readonly<Record<string, string>> = {
  bash: `_tsdbt() {
  local line="\${COMP_LINE:0:COMP_POINT}" word IFS=$'\\n'
  COMPREPLY=($(tsdbt __complete "$line" 2>/dev/null))
  word="\${line##*[[:space:]]}"
  # bash takes what follows a colon for a word of its own.
  if [[ "$word" == *:* && "$COMP_WORDBREAKS" == *:* ]]; then
    COMPREPLY=("\${COMPREPLY[@]#"\${word%:*}:"}")
  fi
  [[ \${#COMPREPLY[@]} -eq 1 && "\${COMPREPLY[0]}" == *: ]] && compopt -o nospace
}
complete -o default -F _tsdbt tsdbt
`,
  zsh: `#compdef tsdbt
_tsdbt() {
  local -a found
  found=("\${(@f)$(tsdbt __complete "$LBUFFER" 2>/dev/null)}")
  if [[ -n "$found" ]]; then compadd -- "\${found[@]}"; else _files; fi
}
if [[ "$funcstack[1]" == _tsdbt ]]; then _tsdbt; else compdef _tsdbt tsdbt; fi
`,
  fish: `complete -c tsdbt -e
complete -c tsdbt -f -a '(tsdbt __complete (commandline -cp) 2>/dev/null)'
`,
};
