/**
 * How every probe begins: POSIX sh, nothing written, programs found by PATH.
 *
 * Each part prints its lines as `part|line` and ends with `part=exit code`, for `splitProbeOutput`. So no value can be
 * mistaken for another part, and a cut answer shows. `bounded SECONDS COMMAND` gives up with exit code 124.
 *
 * A program costs a host more than all that the shell does by itself, so short texts are prefixed without one; and
 * each write becomes a packet, so a part is printed at once.
 *
 * A brace never stands before another brace, a number sign or a percent sign: tools that fill in templates take that
 * for one of theirs (Ansible even within its quotes).
 */
export const PROBE_SHELL = `
LC_ALL=C; export LC_ALL
exec </dev/null

newline='
'
show() {
  left=$3 lines=
  eval 'length=\${''#3}'
  if [ "$length" -lt 4000 ]; then
    while [ -n "$left" ]; do
      lines="$lines$1|\${left%%"$newline"*}$newline"
      case $left in *"$newline"*) left=\${left#*"$newline"} ;; *) left= ;; esac
    done
  else
    printf '%s\\n' "$left" | sed "s/^/$1|/"
  fi
  printf '%s%s=%s\\n' "$lines" "$1" "$2"
}
part() { name=$1; shift; text=$("$@" 2>&1); show "$name" "$?" "$text"; }
has() { command -v "$1" >/dev/null 2>&1; }
bounded() { if has timeout; then timeout "$@"; else shift; "$@"; fi; }
`;
