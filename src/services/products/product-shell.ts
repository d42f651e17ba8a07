import { PROBE_SHELL } from '../../domain/probe-shell.ts';

/**
 * How every script about a product begins. It runs as the product's service user, so that it sees what that user sees;
 * `/` is a directory that anybody may be in. Output as `PROBE_SHELL` says.
 *
 * A JVM is the product's by the very argument `-Dcarbon.home=<home>`. The diagnostics tool that newer products start
 * has the same one, and is no server.
 */
export const PRODUCT_SHELL = `${PROBE_SHELL}
cd /
PATH=$PATH:/usr/sbin:/sbin; export PATH

arguments() { cat "/proc/$1/cmdline" 2>/dev/null | tr '\\000' '\\n'; }
is_server() {
  arguments "$1" | {
    IFS= read -r program || exit 1
    case $program in java | */java) ;; *) exit 1 ;; esac
    rest=$(cat)
    printf '%s\\n' "$rest" | grep -q -x -F -e "-Dcarbon.home=$2" -e "-Dcarbon.home=$2/" || exit 1
    ! printf '%s\\n' "$rest" | grep -q -x -F -e org.wso2.diagnostics.DiagnosticsApp
  }
}
processes() { ps -eww -o pid= -o args= 2>/dev/null || ps -o pid,args; }
servers() {
  seen=$(processes) || { echo 'ps failed'; return 2; }
  found=1
  for candidate in $(printf '%s\\n' "$seen" | grep -F -e "-Dcarbon.home=$1" | sed 's/^ *//; s/ .*//'); do
    if is_server "$candidate" "$1"; then printf '%s\\n' "$candidate"; found=0; fi
  done
  return $found
}
`;
