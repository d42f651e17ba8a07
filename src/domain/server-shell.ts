import type { Product } from './inventory.ts';

/**
 * How scripts find the JVMs of a product, POSIX sh. `servers HOME` prints their process ids, one a line; it ends with 1
 * when there is none, and with 2 when nobody could look.
 *
 * A JVM is the product's by the very argument `-Dcarbon.home=<home>`, without slashes at its end (`homeOf`) or with one.
 * The diagnostics tool that newer products start has the same one, and is no server.
 *
 * A script that has to look as another account defines `processes` and `arguments` anew after this; both get whatever
 * follows the home.
 */
export const SERVER_SHELL = `
processes() { ps -eww -o pid= -o args= 2>/dev/null || ps -o pid,args; }
arguments() { cat "/proc/$1/cmdline" 2>/dev/null | tr '\\000' '\\n'; }
is_server() {
  arguments "$1" "$3" | {
    IFS= read -r program || exit 1
    case $program in java | */java) ;; *) exit 1 ;; esac
    rest=$(cat)
    printf '%s\\n' "$rest" | grep -q -x -F -e "-Dcarbon.home=$2" -e "-Dcarbon.home=$2/" || exit 1
    ! printf '%s\\n' "$rest" | grep -q -x -F -e org.wso2.diagnostics.DiagnosticsApp
  }
}
servers() {
  seen=$(processes "$2") || { echo 'ps failed'; return 2; }
  found=1
  for candidate in $(printf '%s\\n' "$seen" | grep -F -e "-Dcarbon.home=$1" | sed 's/^ *//; s/ .*//'); do
    if is_server "$candidate" "$1" "$2"; then printf '%s\\n' "$candidate"; found=0; fi
  done
  return $found
}
`;

/** Without the slashes at its end, as the JVM has it in its arguments. */
export function homeOf({ home }: Pick<Product, 'home'>): string {
  return home.replace(/(?<=.)\/+$/, '');
}
