import type { Drift } from './drift.ts';
import type { FoundAccount, HostAccounts } from './linux-account.ts';
import { ACCOUNTS_GAP } from './read-host-accounts.ts';

export interface GrantedAccount {
  readonly user: string;
  readonly grantId: string;
}

export interface DriftQuestion {
  readonly found: HostAccounts;
  /** Must be there now. */
  readonly expected: readonly GrantedAccount[];
  /** Must not be there anymore. */
  readonly ended: readonly GrantedAccount[];
  /** Accounts that belong there: root, the bot's login user, service users. */
  readonly known: readonly string[];
}

/** Groups by which an account of a grant may read. */
const READING = ['adm', 'systemd-journal'];

/** What a host has that no grant explains, and what it lacks. Never says that something is missing where it could not look. */
export function findDrift({ found, expected, ended, known }: DriftQuestion): Drift[] {
  const { accounts, gaps, host } = found;
  const isGranted = (account: FoundAccount) => expected.some((granted) => isOf(account, granted));
  const isEnded = (account: FoundAccount) => ended.some((granted) => isOf(account, granted));
  const unexplained = accounts.filter(
    (account) => !(isGranted(account) || isEnded(account) || known.includes(account.user)),
  );
  const couldLook = accounts.length > 0 && !gaps.some((gap) => gap.startsWith(ACCOUNTS_GAP));
  return [
    ...ended
      .filter((granted) => accounts.some((account) => isOf(account, granted)))
      .map((granted): Drift => ({ kind: 'left_behind', host, ...pick(granted) })),
    ...unexplained.map((account): Drift => ({ kind: 'unexplained_account', host, account })),
    ...expected
      .filter((granted) => couldLook && !accounts.some((account) => isOf(account, granted)))
      .map((granted): Drift => ({ kind: 'missing', host, ...pick(granted) })),
    ...accounts.filter(isGranted).flatMap((account) => wrongGroups(host, account)),
    ...(found.sudoers ?? [])
      .filter((line) => !isExplained(line, accounts, known))
      .map((text): Drift => ({ kind: 'unexplained_sudo', host, text })),
    ...gaps.map((text): Drift => ({ kind: 'unknown', host, text })),
  ];
}

/** Both, so that an account which only took over a name is nobody's. */
function isOf({ grantId, user }: FoundAccount, granted: GrantedAccount): boolean {
  return user === granted.user && grantId === granted.grantId;
}

const pick = ({ user, grantId }: GrantedAccount): GrantedAccount => ({ user, grantId });

function wrongGroups(host: string, { user, groups }: FoundAccount): Drift[] {
  const wrong = groups.filter((group) => group !== user && !READING.includes(group));
  return wrong.length > 0 ? [{ kind: 'wrong_groups', host, user, groups: wrong }] : [];
}

/**
 * Rights are explained when everybody who has them is known. Of a group: everybody who was found in it; nobody in it is
 * fine, which is how Debian and RHEL ship theirs.
 */
function isExplained(line: string, accounts: readonly FoundAccount[], known: readonly string[]): boolean {
  const [, who = ''] = /: ((?:[^\s,\\]|\\.|,\s?)+)/.exec(line) ?? [];
  const names = who.split(/,\s?/).filter((name) => name !== '');
  return names.length > 0 && names.every((name) => isKnown(name, accounts, known));
}

function isKnown(name: string, accounts: readonly FoundAccount[], known: readonly string[]): boolean {
  if (!name.startsWith('%')) {
    return known.includes(name);
  }
  const members = accounts.filter(({ groups }) => groups.includes(name.slice(1)));
  return /^%[A-Za-z_]/.test(name) && members.every(({ user }) => known.includes(user));
}
