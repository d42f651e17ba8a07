import { describe, expect, it } from 'vitest';
import { until } from '../../../support/until.ts';
import { anExecutor, aServer, behind, direct, failureOf, SOON } from './ssh-harness.ts';

const WATCHFUL = { hopKeepaliveMs: 40, hostKeepaliveMs: 120 };
const HANG = ['sleep', '300'];

describe('a lost connection', () => {
  it('fails the commands of the host that dropped it', async () => {
    const host = await aServer();
    const executor = anExecutor();
    const running = failureOf(executor.run(direct(host.endpoint('app-1')), HANG, SOON));
    await until('it runs', () => host.processes.length === 1);
    host.dropAll();
    expect(await running).toMatchObject({ kind: 'connection_lost', hop: 'app-1', role: 'host' });
    expect(executor.stats()).toMatchObject({ connections: 0, channels: 0 });
  });

  it('blames the bastion that died, for every host behind it', async () => {
    const [bastion, first, second] = await Promise.all([aServer(), aServer(), aServer()]);
    const executor = anExecutor();
    const running = [first, second].map((host) =>
      failureOf(executor.run(behind(bastion.endpoint('bastion'), host.endpoint('app')), HANG, SOON)),
    );
    await until('both run', () => first.processes.length + second.processes.length === 2);
    bastion.dropAll();
    const blamed = { kind: 'connection_lost', hop: 'bastion', role: 'bastion' };
    expect(await Promise.all(running)).toMatchObject([blamed, blamed]);
    const again = executor.run(behind(bastion.endpoint('bastion'), first.endpoint('app')), ['echo', 'back'], SOON);
    expect((await again).stdout).toBe('back\n');
  });

  it('is noticed when the bastion vanishes without a word, and the next run works', async () => {
    const [bastion, host] = await Promise.all([aServer(), aServer()]);
    const executor = anExecutor({ limits: WATCHFUL });
    const target = behind(bastion.endpoint('bastion'), host.endpoint('app-1'));
    const running = failureOf(executor.run(target, HANG, SOON));
    await until('it runs', () => host.processes.length === 1);
    bastion.freeze();
    expect(await running).toMatchObject({ kind: 'connection_lost', hop: 'bastion', detail: 'Keepalive timeout' });
    expect((await executor.run(target, ['echo', 'back'], SOON)).stdout).toBe('back\n');
  });

  it('is noticed when a host freezes behind a live bastion', async () => {
    const [bastion, host] = await Promise.all([aServer(), aServer()]);
    const executor = anExecutor({ limits: WATCHFUL });
    const running = failureOf(executor.run(behind(bastion.endpoint('bastion'), host.endpoint('app-1')), HANG, SOON));
    await until('it runs', () => host.processes.length === 1);
    host.freeze();
    expect(await running).toMatchObject({ kind: 'connection_lost', hop: 'app-1', detail: 'Keepalive timeout' });
    expect(executor.stats().connections).toBe(1);
  });

  it('is not waited for: a connection that does not answer is left for a new one', async () => {
    const host = await aServer();
    const executor = anExecutor({ limits: { openTimeoutMs: 200 } });
    const target = direct(host.endpoint('app-1'));
    await executor.run(target, ['true'], SOON);
    host.freeze();
    expect(await failureOf(executor.run(target, ['true'], SOON))).toMatchObject({
      kind: 'connection_lost',
      detail: 'no answer on the open connection for 0.2 s',
    });
    expect((await executor.run(target, ['echo', 'new'], SOON)).stdout).toBe('new\n');
  });

  it('during the login behind a bastion is blamed on the bastion', async () => {
    const bastion = await aServer({ forward: 'ignore' });
    const executor = anExecutor({ limits: { connectTries: 1 } });
    const target = behind(bastion.endpoint('bastion'), bastion.endpoint('app-1'));
    const running = failureOf(executor.run(target, ['true'], SOON));
    await until('it waits', () => bastion.counts.forwards === 1);
    bastion.dropAll();
    expect(await running).toMatchObject({ kind: 'connection_lost', hop: 'bastion', role: 'bastion' });
  });

  it('is told apart from a command that ended without an exit status', async () => {
    const host = await aServer({ exec: (_command, channel) => channel.end() });
    const failure = await failureOf(anExecutor().run(direct(host.endpoint('app-1')), ['true'], SOON));
    expect(failure).toMatchObject({
      kind: 'connection_lost',
      detail: 'the command ended without an exit status',
    });
  });
});
