import { createHash } from 'node:crypto';
import {
  describeExit,
  describePart,
  type ProbePart,
  type ProbeParts,
  splitProbeOutput,
} from '../../domain/probe-output.ts';
import type { CommandResult } from '../../domain/remote-executor.ts';
import type { FoundAccount, HostAccounts } from './linux-account.ts';

const DAY_MS = 86_400_000;
/** How a gap begins that leaves accounts out. */
export const ACCOUNTS_GAP = 'the accounts';
/** The script stops listing there. */
const TOO_MANY = 75;

/** What `INSPECT_SCRIPT` said. A part that did not come to its end is a gap, never an empty list without a word. */
export function readHostAccounts(host: string, result: CommandResult): HostAccounts {
  const parts = splitProbeOutput(result.stdout);
  if (!parts.has('central')) {
    const why = result.truncated ? 'its answer is too long' : describeExit(result);
    return { host, accounts: [], sudoers: undefined, gaps: [`${ACCOUNTS_GAP} could not be read: ${why}`] };
  }
  const sudoers = parts.get('sudoers');
  return {
    host,
    accounts: readAccounts(parts),
    sudoers: sudoers?.exitCode === 0 ? sudoers.lines.filter((line) => line !== '') : undefined,
    gaps: [...partGaps(parts), ...otherDoors(parts)],
  };
}

function readAccounts(parts: ProbeParts): FoundAccount[] {
  const groups = byUser(parts.get('groups'));
  const keys = byUser(parts.get('keys'));
  const ends = byUser(parts.get('ends'));
  return (parts.get('accounts')?.lines ?? []).flatMap((line) => {
    const [user = '', , uid = '', , comment = '', , shell = ''] = line.split(':');
    if (user === '' || !/^\d+$/.test(uid)) {
      return [];
    }
    const day = ends.get(user)?.[0] ?? '';
    return {
      user,
      uid: Number(uid),
      shell,
      groups: (groups.get(user)?.[0] ?? '').split(' ').filter((group) => group !== ''),
      endsOn: /^\d{1,7}$/.test(day) ? new Date(Number(day) * DAY_MS) : undefined,
      keys: (keys.get(user) ?? []).map(fingerprintOf),
      grantId: /^msops grant ([A-Za-z0-9-]+)(?:,|$)/.exec(comment)?.[1],
    };
  });
}

/** Lines of `user:what`. */
function byUser(part: ProbePart | undefined): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const line of part?.lines ?? []) {
    const [, user, what] = /^([^:]+):(.*)$/.exec(line) ?? [];
    if (user !== undefined && what !== undefined) {
      found.set(user, [...(found.get(user) ?? []), what]);
    }
  }
  return found;
}

/** @param key `ssh-ed25519 AAAA…`; as `ssh-keygen -lf` shows it. */
function fingerprintOf(key: string): string {
  const [, blob = ''] = key.split(/\s+/);
  return `SHA256:${createHash('sha256').update(Buffer.from(blob, 'base64')).digest('base64').replaceAll('=', '')}`;
}

function partGaps(parts: ProbeParts): string[] {
  const names = {
    accounts: ACCOUNTS_GAP,
    ends: 'the ends of accounts (shadow)',
    sudoers: 'sudoers',
    settings: 'the settings of sshd, so keys were looked for in the usual place',
  };
  return Object.entries(names).flatMap(([name, words]) => {
    const part = parts.get(name);
    if (part?.exitCode === 0) {
      return [];
    }
    const why = part?.exitCode === TOO_MANY ? 'there are too many; 300 are shown' : describePart(part);
    return [`${words}: ${why}`];
  });
}

/** Ways in that no file of the host lists. */
function otherDoors(parts: ProbeParts): string[] {
  const settings = parts.get('settings')?.lines ?? [];
  const value = (name: string) => settings.find((line) => line.startsWith(`${name} `))?.slice(name.length + 1);
  const central = parts.get('central')?.lines.filter((line) => line !== '') ?? [];
  return [
    ...doorOf(value('authorizedkeyscommand'), (what) => `keys also come from a program, which was not asked: ${what}`),
    ...doorOf(value('trustedusercakeys'), (what) => `certificates of an authority also let people in: ${what}`),
    ...doorOf(central.join(', '), (what) => `accounts of a directory service (${what}) are perhaps not all listed`),
  ];
}

function doorOf(value: string | undefined, words: (what: string) => string): string[] {
  return value === undefined || value === '' || value === 'none' ? [] : [words(value)];
}
