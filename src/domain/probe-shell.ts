/**
 * How every probe begins: POSIX sh, nothing written, programs found by PATH.
 *
 * Each part prints its lines as `part|line` and ends with `part=exit code`, for `splitProbeOutput`. So no value can be
 * mistaken for another part, and a cut answer shows. `bounded SECONDS COMMAND` gives up with exit code 124.
 *
 * A program costs a host more than all that the shell does by itself, so short texts are prefixed without one.
 */
export const PROBE_SHELL = `
LC_ALL=C; export LC_ALL
exec </dev/null

newline='
'
each_line() {
  left=$2
  while [ -n "$left" ]; do
    printf '%s|%s\\n' "$1" "\${left%%"$newline"*}"
    case $left in *"$newline"*) left=\${left#*"$newline"} ;; *) left= ;; esac
  done
}
show() {
  if [ "\${#3}" -lt 4000 ]; then each_line "$1" "$3"; else printf '%s\\n' "$3" | sed "s/^/$1|/"; fi
  printf '%s=%s\\n' "$1" "$2"
}
part() { name=$1; shift; text=$("$@" 2>&1); show "$name" "$?" "$text"; }
has() { command -v "$1" >/dev/null 2>&1; }
bounded() { if has timeout; then timeout "$@"; else shift; "$@"; fi; }
`;
