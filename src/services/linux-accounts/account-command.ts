import type { Host } from '../../domain/inventory.ts';
import type { RemoteCommand } from '../../domain/remote-command.ts';
import { INSPECT_SCRIPT } from './inspect-script.ts';
import type { LinuxAccount } from './linux-account.ts';
import { MAKE_SCRIPT } from './make-script.ts';
import { REMOVE_SCRIPT } from './remove-script.ts';

const DAY_MS = 86_400_000;

export function buildMake(host: Host, account: LinuxAccount): RemoteCommand {
  const { grantId, user, publicKey, productHomes, until } = account;
  const { lastDay, safeDay, seconds, utc } = endOf(until);
  return asRoot(host, MAKE_SCRIPT, [
    ...[grantId, user, publicKey],
    ...[seconds, utc, lastDay, safeDay].map(String),
    ...productHomes,
  ]);
}

export function buildRemove(
  host: Host,
  { grantId, user, productHomes }: Pick<LinuxAccount, 'grantId' | 'user' | 'productHomes'>,
): RemoteCommand {
  return asRoot(host, REMOVE_SCRIPT, [grantId, user, ...productHomes]);
}

export function buildInspect(host: Host): RemoteCommand {
  return asRoot(host, INSPECT_SCRIPT, []);
}

/**
 * The end as the host needs it. An account is closed from the beginning of its last day on (days since 1970, UTC), so
 * `lastDay` is the first midnight that is not before the end, and `safeDay` the last one that is not after it.
 */
function endOf(until: Date): {
  readonly seconds: number;
  readonly utc: string;
  readonly lastDay: number;
  readonly safeDay: number;
} {
  const seconds = Math.floor(until.getTime() / 1000);
  const utc = `${new Date(seconds * 1000).toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}Z`;
  const days = until.getTime() / DAY_MS;
  return { seconds, utc, lastDay: Math.ceil(days), safeDay: Math.floor(days) };
}

/** The first argument of the script is the address from which we came: what sshd's settings make of it holds for others too. */
function asRoot({ ssh }: Host, script: string, args: readonly string[]): RemoteCommand {
  const become = ssh.user === 'root' ? '' : 'sudo -n ';
  const start = `from=\${SSH_CONNECTION-}; exec ${become}sh -c "$0" msops-account "\${from%% *}" "$@"`;
  return ['sh', '-c', start, script, ...args];
}
