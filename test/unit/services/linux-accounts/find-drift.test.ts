import { describe, expect, it } from 'vitest';
import { type DriftQuestion, findDrift } from '../../../../src/services/linux-accounts/find-drift.ts';
import type { FoundAccount, HostAccounts } from '../../../../src/services/linux-accounts/linux-account.ts';

const anAccount = (user: string, overrides: Partial<FoundAccount> = {}): FoundAccount => ({
  user,
  uid: 1001,
  shell: '/bin/bash',
  groups: [user],
  endsOn: undefined,
  keys: [],
  grantId: undefined,
  ...overrides,
});

const ROOT = anAccount('root', { uid: 0 });
const GRANTED = anAccount('msro-g1', { grantId: 'g1', groups: ['msro-g1', 'adm', 'systemd-journal'] });
const granted = { user: 'msro-g1', grantId: 'g1' };

function drift(found: Partial<HostAccounts>, question: Partial<DriftQuestion> = {}) {
  const host = { host: 'is-1', accounts: [ROOT], sudoers: [], gaps: [], ...found };
  return findDrift({ found: host, expected: [], ended: [], known: ['root', 'ops'], ...question });
}

describe('findDrift', () => {
  it('finds nothing where grants explain everything', () => {
    expect(drift({ accounts: [ROOT, GRANTED] }, { expected: [granted] })).toEqual([]);
  });

  it('finds an account that nothing explains', () => {
    const account = anAccount('eve');
    expect(drift({ accounts: [ROOT, account] })).toEqual([{ kind: 'unexplained_account', host: 'is-1', account }]);
  });

  it('finds what an ended grant has left', () => {
    expect(drift({ accounts: [ROOT, GRANTED] }, { ended: [granted] })).toEqual([
      { kind: 'left_behind', host: 'is-1', ...granted },
    ]);
  });

  it('finds a grant that the host lacks', () => {
    expect(drift({}, { expected: [granted] })).toEqual([{ kind: 'missing', host: 'is-1', ...granted }]);
  });

  it('lets nobody take over the name of a grant', () => {
    const account = anAccount('msro-g1', { grantId: undefined });
    expect(drift({ accounts: [ROOT, account] }, { expected: [granted] })).toEqual([
      { kind: 'unexplained_account', host: 'is-1', account },
      { kind: 'missing', host: 'is-1', ...granted },
    ]);
  });

  it('finds groups by which one may do more than read', () => {
    const account = { ...GRANTED, groups: [...GRANTED.groups, 'sudo', 'docker'] };
    expect(drift({ accounts: [ROOT, account] }, { expected: [granted] })).toEqual([
      { kind: 'wrong_groups', host: 'is-1', user: 'msro-g1', groups: ['sudo', 'docker'] },
    ]);
  });

  it('says that it does not know, and not that something is missing, where accounts could not be read', () => {
    const gaps = ['the accounts could not be read: exit code 1'];
    expect(drift({ accounts: [], sudoers: undefined, gaps }, { expected: [granted] })).toEqual([
      { kind: 'unknown', host: 'is-1', text: gaps[0] },
    ]);
    expect(drift({ gaps: ['the accounts: there are too many'] }, { expected: [granted] })).toMatchObject([
      { kind: 'unknown' },
    ]);
  });

  describe('of sudoers', () => {
    const text = (line: string, accounts: readonly FoundAccount[] = [ROOT]) =>
      drift({ accounts, sudoers: [line] }).filter(({ kind }) => kind === 'unexplained_sudo').length;

    it.each(['root ALL=(ALL:ALL) ALL', '%sudo ALL=(ALL:ALL) ALL', 'ops ALL=(ALL) NOPASSWD: ALL', 'root, ops ALL=ALL'])(
      'explains %s',
      (line) => {
        expect(text(`/etc/sudoers: ${line}`)).toBe(0);
      },
    );

    it.each([
      'eve ALL=(ALL) ALL',
      'ops, eve ALL=ALL',
      'ALL ALL=(ALL) NOPASSWD: ALL',
      '#1003 ALL=ALL',
      '%#1003 ALL=ALL',
      '+admins ALL=ALL',
      'ADMINS ALL=ALL',
    ])('does not explain %s', (line) => {
      expect(text(`/etc/sudoers.d/x: ${line}`)).toBe(1);
    });

    it('asks who is in a group', () => {
      const line = '/etc/sudoers: %sudo ALL=(ALL:ALL) ALL';
      expect(text(line, [ROOT, anAccount('ops', { groups: ['ops', 'sudo'] })])).toBe(0);
      expect(text(line, [ROOT, anAccount('eve', { groups: ['eve', 'sudo'] })])).toBe(1);
    });
  });
});
