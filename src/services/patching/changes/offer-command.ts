import { PROBE_SHELL } from '../../../domain/probe-shell.ts';
import type { RemoteCommand } from '../../../domain/remote-command.ts';
import { ROOT_SHELL, SYSTEM_SHELL } from '../system-shell.ts';

/** Nothing is removed to let something come, and only what is named is asked for. */
export const UPGRADE_OPTIONS: readonly string[] = ['--no-remove', '--only-upgrade'];
export const DOWNGRADE_OPTIONS: readonly string[] = ['--no-remove', '--allow-downgrades'];

/** What would come with these packages, and how much is to be fetched. As the login user, who takes no lock. */
const SIMULATION = `${PROBE_SHELL}
PATH=$PATH:/usr/sbin:/sbin; export PATH
part simulation bounded 60 apt-get -s "$@"
part uris bounded 60 apt-get --print-uris -qq "$@"
part free df -P -k /var/cache/apt/archives
show end 0
`;

export function buildSimulation(options: readonly string[], specifiers: readonly string[]): RemoteCommand {
  return ['sh', '-c', SIMULATION, 'msops-simulation', ...options, 'install', ...specifiers];
}

/** Which versions of these packages could be had. For dnf the arguments are the wanted ones, as it takes them. */
const VERSIONS = `${PROBE_SHELL}${ROOT_SHELL}
${SYSTEM_SHELL}
known() { as_root 60 dnf -q -C repoquery --qf '%{name}.%{arch} %{evr}' "$@"; }
case $family in
  debian)
    part versions bounded 30 apt-cache madison "$@"
    part archives find /var/cache/apt/archives -maxdepth 1 -name '*.deb' ;;
  rhel) part versions known "$@" ;;
esac
show end 0
`;

export function buildVersionsQuestion(names: readonly string[]): RemoteCommand {
  return ['sh', '-c', VERSIONS, 'msops-versions', ...names];
}

/** Fetches the package lists. The one thing that a plan does, and only when it is asked to. */
const REFRESH = `${PROBE_SHELL}${ROOT_SHELL}
${SYSTEM_SHELL}
case $family in
  debian) part refresh as_root 100 apt-get -q -o DPkg::Lock::Timeout=60 --error-on=any update ;;
  rhel) part refresh as_root 100 dnf -q makecache --refresh ;;
esac
show end 0
`;

export function buildRefresh(): RemoteCommand {
  return ['sh', '-c', REFRESH, 'msops-refresh'];
}
