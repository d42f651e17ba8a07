import { describe, expect, it } from 'vitest';
import { readHostAccounts } from '../../../../src/services/linux-accounts/read-host-accounts.ts';

const WHOLE = [
  'settings|trustedusercakeys none',
  'settings|authorizedkeyscommand none',
  'settings|authorizedkeysfile .ssh/authorized_keys .ssh/authorized_keys2',
  'settings=0',
  'accounts|root:x:0:0:root:/root:/bin/bash',
  'accounts|msro-g2:x:1001:1001:msops grant g2:/home/msro-g2:/bin/bash',
  'accounts=0',
  'groups|root:root',
  'groups|msro-g2:msro-g2 adm systemd-journal',
  'groups=0',
  'keys|msro-g2:ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEear63u8EKNECtPlYTOZfGfBmB6DAOVilv+VXjS36W1',
  'keys=0',
  'ends|root:',
  'ends|msro-g2:20781',
  'ends=0',
  'sudoers|/etc/sudoers: root ALL=(ALL:ALL) ALL',
  'sudoers=0',
  'central=0',
];

function read(lines: readonly string[], overrides: { truncated?: boolean } = {}) {
  const stdout = lines.map((line) => `${line}\n`).join('');
  const result = { exitCode: 0, stdout, stderr: '', truncated: false, durationMs: 1, ...overrides };
  return readHostAccounts('is-1', result);
}

const changed = (from: string, to: string) => WHOLE.map((line) => (line === from ? to : line));

describe('readHostAccounts', () => {
  it('reads who is there, until when, in which groups and with which keys', () => {
    expect(read(WHOLE)).toEqual({
      host: 'is-1',
      accounts: [
        { user: 'root', uid: 0, shell: '/bin/bash', groups: ['root'], endsOn: undefined, keys: [], grantId: undefined },
        {
          user: 'msro-g2',
          uid: 1001,
          shell: '/bin/bash',
          groups: ['msro-g2', 'adm', 'systemd-journal'],
          endsOn: new Date('2026-11-24T00:00:00Z'),
          keys: ['SHA256:MYH2oIy0Am1HZa3DogfWNAZJxUeuYW/Nwk9owjUtWLc'],
          grantId: 'g2',
        },
      ],
      sudoers: ['/etc/sudoers: root ALL=(ALL:ALL) ALL'],
      gaps: [],
    });
  });

  it('has no accounts, and says why, when the answer was cut off', () => {
    expect(read(WHOLE.slice(0, -1))).toMatchObject({ accounts: [], sudoers: undefined, gaps: [/could not be read/] });
    expect(read(WHOLE.slice(0, -1), { truncated: true }).gaps).toEqual([
      'the accounts could not be read: its answer is too long',
    ]);
  });

  it('does not know sudoers that could not be read', () => {
    const found = read(changed('sudoers=0', 'sudoers=2'));
    expect(found.sudoers).toBeUndefined();
    expect(found.gaps).toEqual([expect.stringContaining('sudoers: exit code 2')]);
  });

  it('names ways in that no file lists', () => {
    const lines = changed(
      'settings|authorizedkeyscommand none',
      'settings|authorizedkeyscommand /usr/bin/sss_ssh_authorizedkeys',
    );
    expect(read(lines).gaps).toEqual([
      'keys also come from a program, which was not asked: /usr/bin/sss_ssh_authorizedkeys',
    ]);
  });

  it('reads no grant out of a comment that only looks like one', () => {
    const line = WHOLE[5]!;
    const grantOf = (comment: string) =>
      read(changed(line, line.replace('msops grant g2', comment))).accounts[1]?.grantId;
    expect(grantOf('msops grant g2,room 1')).toBe('g2');
    expect(grantOf('not msops grant g2')).toBeUndefined();
    expect(grantOf('msops grant g2 and more')).toBeUndefined();
  });
});
