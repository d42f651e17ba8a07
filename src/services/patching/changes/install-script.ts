import type { DetachedJob } from '../../rollouts/host-operations.ts';
import type { OsFamily } from '../os-sample.ts';
import { DOWNGRADE_OPTIONS, UPGRADE_OPTIONS } from './offer-command.ts';
import { type PackageWork, specifierOf } from './package-work.ts';

/**
 * Nothing is asked and nothing restarts by surprise. A changed configuration file stays as it is; the new one lies
 * beside it as `.dpkg-dist`. The lock is waited for, and its files are never touched. What is named becomes "manually
 * installed" to apt, and would never be removed again; what was automatic becomes that again.
 *
 * `$1` seconds to wait for the lock, `$2` `repair` or `-`, then the arguments of apt-get.
 */
const APT_SCRIPT = `
LC_ALL=C LANGUAGE=C; export LC_ALL LANGUAGE
DEBIAN_FRONTEND=noninteractive DEBIAN_PRIORITY=critical APT_LISTCHANGES_FRONTEND=none APT_LISTBUGS_FRONTEND=none
NEEDRESTART_MODE=l NEEDRESTART_SUSPEND=1 UCF_FORCE_CONFFOLD=1
export DEBIAN_FRONTEND DEBIAN_PRIORITY APT_LISTCHANGES_FRONTEND APT_LISTBUGS_FRONTEND
export NEEDRESTART_MODE NEEDRESTART_SUSPEND UCF_FORCE_CONFFOLD
lock=$1 repair=$2
shift 2

repair_once() {
  said=$(dpkg --force-confdef --force-confold --configure -a 2>&1)
  code=$?
  printf '%s\\n' "$said"
}
if [ "$repair" = repair ]; then
  echo 'dpkg --configure -a'
  end=$(($(date +%s) + lock))
  repair_once
  while [ "$code" != 0 ] && [ "$(date +%s)" -lt "$end" ]; do
    case $said in *'locked by another process'*) sleep 2; repair_once ;; *) break ;; esac
  done
  [ "$code" = 0 ] || exit "$code"
fi
[ $# -gt 0 ] || exit 0
names=
for word in "$@"; do
  case $word in
    -* | install) ;;
    *.deb) word=\${word##*/}; names="$names \${word%%_*}" ;;
    *) names="$names \${word%%=*}" ;;
  esac
done
automatic=$(apt-mark showauto $names)
apt-get -y -q -o "DPkg::Lock::Timeout=$lock" -o Dpkg::Use-Pty=0 -o Acquire::Retries=2 \\
  -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold "$@" </dev/null
code=$?
[ -z "$automatic" ] || apt-mark auto $automatic >/dev/null
exit "$code"
`;

/**
 * dnf's own wait for its lock has no end, so it shall give up at once (exit code 200) and is asked again.
 *
 * `$1` seconds to wait for the lock, then the arguments of dnf.
 */
const DNF_SCRIPT = `
LC_ALL=C; export LC_ALL
lock=$1
shift
manager=dnf
command -v dnf >/dev/null 2>&1 || manager=yum
holder() {
  for file in /var/lib/dnf/rpmdb_lock.pid /var/cache/dnf/metadata_lock.pid /var/lib/dnf/metadata_lock.pid /var/cache/dnf/download_lock.pid /run/yum.pid; do
    pid=$(cat "$file" 2>/dev/null) && [ -n "$pid" ] && [ -d "/proc/$pid" ] || continue
    printf 'held by process %s (%s)\\n' "$pid" "$(cat "/proc/$pid/comm" 2>/dev/null)"
    return
  done
  echo 'held by another process'
}
end=$(($(date +%s) + lock))
while :; do
  "$manager" -y --setopt=exit_on_lock=True "$@" </dev/null
  code=$?
  [ "$code" = 200 ] || exit "$code"
  if [ "$(date +%s)" -ge "$end" ]; then
    printf 'msops: the lock is %s\\n' "$(holder)"
    exit 200
  fi
  sleep 3
done
`;

export interface InstallOrder {
  readonly id: string;
  readonly work: PackageWork;
  readonly direction: 'up' | 'down';
  /** How long to wait for somebody else's apt or dnf. Milliseconds. */
  readonly lockMs: number;
}

export function buildInstall({ id, work, direction, lockMs }: InstallOrder): DetachedJob {
  const seconds = String(Math.ceil(lockMs / 1000));
  const specifiers = work.packages.map((step) => specifierOf(work.family, step));
  return work.family === 'debian'
    ? { id, script: APT_SCRIPT, args: [seconds, work.repair ? 'repair' : '-', ...aptWords(direction, specifiers)] }
    : { id, script: DNF_SCRIPT, args: [seconds, ...dnfWords(direction), ...specifiers] };
}

function aptWords(direction: InstallOrder['direction'], specifiers: readonly string[]): readonly string[] {
  const options = direction === 'up' ? UPGRADE_OPTIONS : DOWNGRADE_OPTIONS;
  return specifiers.length === 0 ? [] : [...options, 'install', ...specifiers];
}

function dnfWords(direction: InstallOrder['direction']): readonly string[] {
  return [direction === 'up' ? 'upgrade' : 'downgrade'];
}

export function managerOf(family: OsFamily): string {
  return family === 'debian' ? 'apt-get' : 'dnf';
}
