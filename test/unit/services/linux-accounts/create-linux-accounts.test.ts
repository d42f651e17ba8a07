import { describe, expect, it } from 'vitest';
import type { CommandResult } from '../../../../src/domain/remote-executor.ts';
import { createLinuxAccounts } from '../../../../src/services/linux-accounts/create-linux-accounts.ts';
import type { LinuxAccount } from '../../../../src/services/linux-accounts/linux-account.ts';
import { createFakeExecutor } from '../../../support/fake-executor.ts';
import { createFixedClock } from '../../../support/fixed-clock.ts';
import { createRecordingLogger } from '../../../support/recording-logger.ts';
import { aHost, anEndpoint, anEnvironment } from '../../../support/world.ts';

const NEVER = new AbortController().signal;

function accountsOver(reply: Partial<CommandResult>, user = 'msops') {
  const executor = createFakeExecutor({ 'is-1': () => reply });
  const clock = createFixedClock();
  const accounts = createLinuxAccounts({ executor, clock, logger: createRecordingLogger() });
  const host = aHost('is-1', { ssh: anEndpoint('is-1', { user }) });
  const target = { environment: anEnvironment('acme', 'prod', []), host };
  const account: LinuxAccount = {
    grantId: 'g1',
    user: 'msro-g1',
    publicKey: 'ssh-ed25519 AAAA',
    until: new Date(clock.now().getTime() + 3_600_000),
    productHomes: ['/opt/wso2/is'],
  };
  return {
    executor,
    make: (overrides: Partial<LinuxAccount> = {}) => accounts.make(target, { ...account, ...overrides }, NEVER),
    remove: (overrides: Partial<LinuxAccount> = {}) => accounts.remove(target, { ...account, ...overrides }, NEVER),
    clock,
  };
}

const said = (...lines: readonly string[]) => ({ stdout: lines.map((line) => `msops-account ${line}\n`).join('') });

describe('createLinuxAccounts', () => {
  it('believes that an account is made when the script says so and came to its end', async () => {
    expect(await accountsOver(said('made', 'end')).make()).toEqual({ ok: true, note: undefined });
    expect(await accountsOver(said('gone', 'end')).remove()).toEqual({ ok: true, note: undefined });
  });

  it.each([
    ['was cut off', said('made')],
    ['said nothing', { exitCode: 0 }],
    ['made where it should be gone', said('gone', 'end')],
    ['failed after all', said('made', 'fail|chage|x', 'end')],
    ['was killed', { exitCode: null, exitSignal: 'KILL' }],
  ])('believes nothing of a script that %s', async (_, reply) => {
    expect(await accountsOver(reply).make()).toMatchObject({ ok: false, reason: expect.any(String) });
  });

  it('passes over the words of a login banner', async () => {
    const stdout = `Welcome, msops-account made\n${said('made', 'end').stdout}`;
    expect(await accountsOver({ stdout }).make()).toMatchObject({ ok: true });
  });

  it('says what is the matter and what to do', async () => {
    expect(await accountsOver(said('fail|kept_out|AllowUsers ops', 'end')).make()).toEqual({
      ok: false,
      reason: 'sshd would keep this account out: AllowUsers ops',
      advice: expect.stringContaining('settings of sshd'),
    });
    expect(await accountsOver({ exitCode: 1, stderr: 'sudo: a password is required\n' }).make()).toMatchObject({
      ok: false,
      advice: expect.stringContaining('sudo without a password'),
    });
  });

  it('tells what is less than was asked for', async () => {
    const end = await accountsOver(
      said('note|no_group|systemd-journal', 'note|old_sshd|7 4|20809', 'made', 'end'),
    ).make();
    expect(end).toEqual({
      ok: true,
      note: 'the host has no group systemd-journal; OpenSSH 7.4 cannot end a key at a minute, so the host itself lets nobody in from 2026-12-22 00:00 UTC on',
    });
  });

  it('tells that the clock of the host is wrong', async () => {
    const { clock } = accountsOver({});
    const late = Math.floor(clock.now().getTime() / 1000) - 3_600;
    expect(await accountsOver(said(`clock|${late}`, 'made', 'end')).make()).toEqual({
      ok: true,
      note: 'its clock is 60 min behind, and it ends access by its own clock',
    });
  });

  it('runs the script as root, with arguments of their own', async () => {
    const { executor, make } = accountsOver(said('made', 'end'));
    await make({ until: new Date('2099-12-22T17:00:30.500Z') });
    const [shell, flag, start, script, ...rest] = executor.runs[0]!.command;
    expect([shell, flag]).toEqual(['sh', '-c']);
    expect(start).toContain('exec sudo -n sh -c "$0" msops-account');
    expect(script).not.toContain('msro-g1');
    expect(rest).toEqual([
      ...['g1', 'msro-g1', 'ssh-ed25519 AAAA', '4101642030', '20991222170030Z'],
      ...[String(Date.parse('2099-12-23') / 86_400_000), String(Date.parse('2099-12-22') / 86_400_000), '/opt/wso2/is'],
    ]);
  });

  it('needs no sudo where root logs in', async () => {
    const { executor, remove } = accountsOver(said('gone', 'end'), 'root');
    await remove();
    expect(executor.runs[0]!.command[2]).not.toContain('sudo');
  });

  it('closes an account on the day of an end at midnight', async () => {
    const { executor, make } = accountsOver(said('made', 'end'));
    await make({ until: new Date('2099-12-23T00:00:00Z') });
    const day = String(Date.parse('2099-12-23') / 86_400_000);
    expect(executor.runs[0]!.command.slice(9, 11)).toEqual([day, day]);
  });

  it.each<[string, Partial<LinuxAccount>]>([
    ['a name that is not ours', { user: 'root' }],
    ['a name with more in it', { user: 'msro-g1;id' }],
    ['a grant with a slash', { grantId: '../x' }],
    ['a key with options', { publicKey: 'command="sh" ssh-ed25519 AAAA' }],
    ['a second line of keys', { publicKey: 'ssh-ed25519 AAAA\nssh-ed25519 BBBB' }],
    ['no date', { until: new Date(Number.NaN) }],
    ['an end that has passed', { until: new Date(0) }],
    ['a home with a line break', { productHomes: ['/opt\n/x'] }],
    ['a home that is not absolute', { productHomes: ['opt'] }],
  ])('never brings to a host: %s', async (_, overrides) => {
    const { executor, make } = accountsOver(said('made', 'end'));
    expect(await make(overrides)).toMatchObject({ ok: false });
    expect(executor.runs).toEqual([]);
  });
});
