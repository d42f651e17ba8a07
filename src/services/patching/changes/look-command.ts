import { PROBE_SHELL } from '../../../domain/probe-shell.ts';
import type { RemoteCommand } from '../../../domain/remote-command.ts';
import { ROOT_SHELL, SYSTEM_SHELL, UNFINISHED_SHELL } from '../system-shell.ts';
import type { PackageStep } from './package-work.ts';

/**
 * How these packages stand: `name|state|version|lt, eq or gt` than wanted, a line each; versions are compared by the
 * host's own package manager. Then whether dpkg was left in the middle.
 */
const LOOK = `${PROBE_SHELL}${ROOT_SHELL}
${UNFINISHED_SHELL}
${SYSTEM_SHELL}
debian_state() { dpkg-query -W -f '\${db:Status-Abbrev}|\${Version}\\n' "$1" 2>/dev/null | head -n 1; }
debian_compare() {
  if dpkg --compare-versions "$1" lt "$2"; then echo lt
  elif dpkg --compare-versions "$1" eq "$2"; then echo eq
  else echo gt; fi
}
rhel_state() { version=$(rpm -q --qf '%{EVR}\\n' "$1" 2>/dev/null) && printf 'ii |%s\\n' "$(printf '%s\\n' "$version" | sort -V | tail -n 1)"; }
rhel_compare() {
  if [ "$1" = "$2" ]; then echo eq; return; fi
  case $(rpm --eval "%{lua:print(rpm.vercmp('$1','$2'))}" 2>/dev/null) in 1) echo gt ;; 0) echo eq ;; *) echo lt ;; esac
}
look() {
  while [ $# -ge 2 ]; do
    state=$("\${family}_state" "$1")
    version=\${state#*|}
    order=
    [ -z "$state" ] || order=$("\${family}_compare" "$version" "$2")
    printf '%s|%s|%s|%s\\n' "$1" "\${state%%|*}" "$version" "$order"
    shift 2
  done
}
part packages look "$@"
if [ "$family" = debian ]; then
  part journal find /var/lib/dpkg/updates -type f
  part broken unfinished
fi
show end 0
`;

export function buildLook(packages: readonly PackageStep[]): RemoteCommand {
  return ['sh', '-c', LOOK, 'msops-look', ...packages.flatMap((step) => [queryName(step), step.to])];
}

/** As `dpkg-query` and `rpm -q` take it. */
export function queryName({ name, arch }: PackageStep): string {
  return arch === undefined ? name : `${name}.${arch}`;
}
