import type { RemoteCommand } from '../../../domain/remote-command.ts';

const AS_ROOT = `script=$1; shift
PATH=$PATH:/usr/sbin:/sbin; export PATH
if [ "$(id -u)" = 0 ]; then exec sh -c "$script" msops "$@"; fi
exec sudo -n sh -c "$script" msops "$@"`;

/** A short script by root, with its arguments; what runs long is a detached job. */
export function asRoot(script: string, ...args: readonly string[]): RemoteCommand {
  return ['sh', '-c', AS_ROOT, 'msops', script, ...args];
}
