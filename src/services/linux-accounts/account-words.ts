import { shownWords } from '../../domain/probe-output.ts';
import type { AccountEnd } from './linux-account.ts';
import type { ScriptWord } from './read-answer.ts';

type Failure = Extract<AccountEnd, { ok: false }>;
type Words = (detail: string) => Omit<Failure, 'ok'>;

const BY_HAND = 'Look at the host and try again.';

const FAILURES: Readonly<Record<string, Words>> = {
  not_ours: (detail) => ({
    reason: `an account of that name is there and it is not of this grant (${detail})`,
    advice: 'Nothing of it was touched. Find out whose it is.',
  }),
  shared_uid: (detail) => ({
    reason: `another account has the same number (${detail})`,
    advice: 'Give the other account a number of its own, then try again.',
  }),
  ended: () => ({
    reason: 'this grant was already ended on this host',
    advice: 'Ask for access again: an ended grant is never made again.',
  }),
  over: (detail) => ({
    reason: `by the clock of the host (${detail}) its end has passed`,
    advice: 'Check the time of the host, then ask for a later end.',
  }),
  busy: () => ({ reason: 'another change of accounts is at work there', advice: 'It is tried again.' }),
  read_only: (detail) => ({
    reason: `root cannot write to ${detail}`,
    advice: 'Is the file system full or read-only?',
  }),
  no_program: (detail) => ({
    reason: `${detail} is not installed`,
    advice: 'Install the packages passwd (shadow-utils) and procps.',
  }),
  kept_out: (detail) => ({
    reason: `sshd would keep this account out: ${detail}`,
    advice: 'Let msro-* in by a Match block or by this line in the settings of sshd, then try again.',
  }),
  keys_elsewhere: (detail) => ({
    reason: `sshd of this host does not look for keys in a file of each user: ${detail}`,
    advice: 'Set AuthorizedKeysFile to .ssh/authorized_keys for msro-*, then try again.',
  }),
  sudo: (detail) => ({
    reason: `sudoers would give this account rights: ${detail}`,
    advice: 'A read-only account has none. Take the rule for adm, systemd-journal or ALL out of sudoers.',
  }),
  left: (detail) => ({
    reason: `left on the host: ${detail}`,
    advice: 'It is tried again. Remove it by hand if it stays.',
  }),
  groups: (detail) => ({ reason: `its groups are not those that were set: ${detail}`, advice: BY_HAND }),
  useradd: (detail) => ({
    reason: `useradd failed: ${detail}`,
    advice: 'Is the disk full, or /etc or /home read-only?',
  }),
  usermod: (detail) => ({ reason: `usermod failed: ${detail}`, advice: BY_HAND }),
  chage: (detail) => ({ reason: `the account's end could not be set: ${detail}`, advice: BY_HAND }),
  home: (detail) => ({ reason: `${detail} could not be given to root`, advice: 'Is /home on a network file system?' }),
  key_file: (detail) => ({ reason: `the key could not be written to ${detail}`, advice: BY_HAND }),
  unreadable: (detail) => ({ reason: `the accounts of the host could not be read: ${detail}`, advice: BY_HAND }),
  interrupted: () => ({ reason: 'it was interrupted', advice: 'It is tried again.' }),
};

/** @param failure of a script, or what it said when it said nothing that we know. */
export function describeFailure({ code, detail }: ScriptWord): Failure {
  const shown = shownWords(detail);
  const words = FAILURES[code]?.(code === 'left' ? detail : shown) ?? { reason: `${code}: ${shown}` };
  return { ok: false, ...words };
}

const NOTES: Readonly<Record<string, (detail: string) => string>> = {
  no_group: (detail) => `the host has no group ${detail}`,
  no_logs: (detail) => `${detail} is not there, so its logs are not open`,
  not_logs: (detail) => `repository/logs leads to ${detail}, which is not opened to anybody`,
  no_setfacl: (detail) => `setfacl is not installed (package acl), so ${detail} is not open`,
  no_acl: (detail) => `ACLs could not be set on ${detail}`,
  unread_logs: (detail) => `${detail} still cannot be read by this account`,
  no_settings: () => 'the settings of sshd could not be read, so nobody knows whether it lets this account in',
  old_sshd: describeOldSshd,
  uid_taken: (detail) => `the number ${detail} belongs to another account now, so its files were left alone`,
};

/** One note, in words; a code that is not known is shown as it is. */
export function describeNote({ code, detail }: ScriptWord): string {
  const shown = shownWords(detail);
  return NOTES[code]?.(shown) ?? `${code} ${shown}`.trim();
}

function describeOldSshd(detail: string): string {
  const [version = '?', day] = detail.split('|');
  const date = new Date(Number(day) * 86_400_000).toISOString().slice(0, 10);
  const name = version === '?' ? 'sshd' : `OpenSSH ${version.replace(' ', '.')}`;
  return `${name} cannot end a key at a minute, so the host itself lets nobody in from ${date} 00:00 UTC on`;
}
