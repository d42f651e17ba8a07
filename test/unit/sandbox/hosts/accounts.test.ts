import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningHosts, startHosts } from '../../../../sandbox/hosts/start-hosts.ts';
import { toShell } from '../../../../src/domain/remote-command.ts';
import type { RemoteExecutor } from '../../../../src/domain/remote-executor.ts';
import { createLinuxAccounts } from '../../../../src/services/linux-accounts/create-linux-accounts.ts';
import { findDrift } from '../../../../src/services/linux-accounts/find-drift.ts';
import type { LinuxAccount } from '../../../../src/services/linux-accounts/linux-account.ts';
import { createRecordingLogger } from '../../../support/recording-logger.ts';
import { anEnvironment } from '../../../support/world.ts';
import { runOn } from './ssh-client.ts';

const NEVER = new AbortController().signal;
const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEear63u8EKNECtPlYTOZfGfBmB6DAOVilv+VXjS36W1';
const HOST = 'apim-1';

describe('accounts of sandbox hosts', () => {
  const directory = mkdtempSync(join(tmpdir(), 'sandbox-accounts-'));
  let hosts: RunningHosts;

  beforeAll(async () => {
    hosts = await startHosts({ directory });
  });
  afterAll(async () => {
    await hosts.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  const executor: RemoteExecutor = {
    async run({ endpoint }, command) {
      const { stdout, stderr, exit } = await runOn(hosts, endpoint.name, toShell(command));
      const exitCode = typeof exit[0] === 'number' ? exit[0] : null;
      return { exitCode, stdout, stderr, truncated: false, durationMs: 1 };
    },
  };
  const clock = { now: () => new Date(), sleep: async () => {} };
  const accounts = createLinuxAccounts({ executor, clock, logger: createRecordingLogger() });
  const environment = anEnvironment('acme', 'prod', [HOST]);
  const target = { environment, host: environment.hosts[0]! };
  const inTree = (path: string) => join(directory, 'acme', HOST, path);

  const account = (grantId: string, minutes = 60): LinuxAccount => ({
    grantId,
    user: `msro-${grantId}`,
    publicKey: KEY,
    until: new Date(Date.now() + minutes * 60_000),
    productHomes: ['/opt/wso2/wso2am-4.3.0'],
  });
  const shown = async () => (await accounts.inspect(target)).accounts.map(({ user }) => user);

  it('is made with its key, its groups and the logs, shown, and taken away with all of it', async () => {
    expect(await accounts.make(target, account('g1'), NEVER)).toEqual({ ok: true, note: undefined });
    expect(readFileSync(inTree('home/msro-g1/.ssh/authorized_keys'), 'utf8')).toContain('restrict,pty,expiry-time="');
    const found = await accounts.inspect(target);
    expect(found).toMatchObject({ gaps: [], host: HOST });
    expect(found.accounts.find(({ user }) => user === 'msro-g1')).toMatchObject({
      grantId: 'g1',
      groups: ['msro-g1', 'adm', 'systemd-journal'],
      keys: [expect.stringMatching(/^SHA256:/)],
    });
    expect(await accounts.remove(target, account('g1'), NEVER)).toEqual({ ok: true, note: undefined });
    expect(await shown()).not.toContain('msro-g1');
    expect(existsSync(inTree('home/msro-g1'))).toBe(false);
    expect(readFileSync(inTree('.host/acls'), 'utf8')).toBe('');
  });

  it('stays away once it was ended, and can be ended again', async () => {
    await accounts.make(target, account('g2'), NEVER);
    await accounts.remove(target, account('g2'), NEVER);
    expect(await accounts.remove(target, account('g2'), NEVER)).toMatchObject({ ok: true });
    expect(await accounts.make(target, account('g2'), NEVER)).toMatchObject({
      ok: false,
      reason: expect.stringContaining('already ended'),
    });
  });

  it('moves its end', async () => {
    await accounts.make(target, account('g3'), NEVER);
    const later = account('g3', 60 * 24 * 5);
    expect(await accounts.make(target, later, NEVER)).toMatchObject({ ok: true });
    const found = (await accounts.inspect(target)).accounts.find(({ user }) => user === 'msro-g3');
    expect(found?.endsOn?.getTime()).toBeGreaterThanOrEqual(later.until.getTime());
    await accounts.remove(target, account('g3'), NEVER);
  });

  it('ends what the person still runs', async () => {
    await accounts.make(target, account('g4'), NEVER);
    const found = (await accounts.inspect(target)).accounts.find(({ user }) => user === 'msro-g4');
    writeFileSync(inTree(`.host/sessions/${found?.uid}`), '');
    expect(await accounts.remove(target, account('g4'), NEVER)).toMatchObject({ ok: true });
    expect(existsSync(inTree(`.host/sessions/${found?.uid}`))).toBe(false);
  });

  it('never lets a script change accounts of the machine that it runs on', () => {
    const programs = [
      ...['useradd', 'usermod', 'userdel', 'groupdel', 'chage', 'getent', 'setfacl', 'getfacl', 'pkill', 'pgrep'],
      ...['loginctl', 'chown', 'setpriv', 'runuser', 'find', 'sshd', 'sudo'],
    ];
    expect(programs.filter((program) => !existsSync(inTree(`bin/${program}`)))).toEqual([]);
  });

  it('explains all that is there from the start', async () => {
    const found = await accounts.inspect(target);
    const known = ['root', 'ops', 'wso2'];
    expect(findDrift({ found, expected: [], ended: [], known })).toEqual([]);
    expect(findDrift({ found, expected: [], ended: [], known: [] })).toContainEqual({
      kind: 'unexplained_sudo',
      host: HOST,
      text: '/etc/sudoers.d/ops: ops ALL=(ALL) NOPASSWD: ALL',
    });
  });
});
