import { describe, expect, it } from 'vitest';
import { HopFailure } from '../../../../src/domain/hop-failure.ts';
import type { Drain } from '../../../../src/domain/inventory.ts';
import { createTrafficControl } from '../../../../src/services/rollouts/traffic-control.ts';
import { aHopFailure } from '../../../support/builders.ts';
import { createFakeExecutor, type RecordedRun } from '../../../support/fake-executor.ts';
import { createFixedClock } from '../../../support/fixed-clock.ts';
import { createRecordingLogger } from '../../../support/recording-logger.ts';
import { aHost, anEnvironment } from '../../../support/world.ts';
import { createFakeHaproxy } from './fake-haproxy.ts';

const HAPROXY: Drain = {
  kind: 'haproxy',
  via: 'lb-1',
  api: { socket: '/run/haproxy/admin.sock' },
  servers: ['gateway/apim-1', 'portal/apim-1'],
};
const COMMAND: Drain = { kind: 'command', via: 'lb-1', drain: ['lb', 'out', 'apim-1'], ready: ['lb', 'in', 'apim-1'] };

type Runs = (run: RecordedRun) => object;

function setUp(drain: Drain | undefined = HAPROXY, onCommand: Runs = () => ({})) {
  const haproxy = createFakeHaproxy([
    'gateway/apim-1',
    'gateway/apim-2',
    'portal/apim-1',
    'portal/apim-2',
    'old/apim-1',
  ]);
  const executor = createFakeExecutor({
    'lb-1': (run) =>
      drain?.kind === 'haproxy' ? { stdout: haproxy.reply(run.options.stdin!.trim()) } : onCommand(run),
  });
  const clock = createFixedClock();
  const begun = clock.now().getTime();
  const environment = { ...anEnvironment('acme', 'prod', ['lb-1']) };
  const target = { environment, host: aHost('apim-1', { drain }) };
  const traffic = createTrafficControl({ executor, clock, logger: createRecordingLogger() });
  const { signal } = new AbortController();
  const turns = { drain: () => traffic.drain(target, signal), ready: () => traffic.ready(target, signal) };
  return { haproxy, executor, ...turns, traffic, target, passedMs: () => clock.now().getTime() - begun };
}

describe('draining by HAProxy', () => {
  it('takes every server of the host out and reads it back', async () => {
    const { drain, haproxy, executor } = setUp();
    expect(await drain()).toEqual({ ok: true, note: 'gateway/apim-1, portal/apim-1 drained' });
    expect(haproxy.servers['gateway/apim-1']?.status).toBe('DRAIN');
    expect(haproxy.servers['portal/apim-1']?.status).toBe('DRAIN');
    expect(haproxy.commands.at(-1)).toBe('show stat -1 4 -1');
    expect(executor.runs.every(({ command }) => !command.join(' ').includes('gateway'))).toBe(true);
    expect(await drain()).toMatchObject({ ok: true });
  });

  it('waits until the last connection has ended', async () => {
    const { drain, haproxy, passedMs } = setUp();
    const server = haproxy.servers['portal/apim-1']!;
    server.open = 3;
    Object.defineProperty(server, 'open', { get: () => (passedMs() < 10_000 ? 3 : 0) });
    expect(await drain()).toMatchObject({ ok: true });
    expect(passedMs()).toBe(10_000);
  });

  it('fails at the deadline, with how many are open', async () => {
    const { drain, haproxy, passedMs } = setUp();
    haproxy.servers['portal/apim-1']!.open = 3;
    expect(await drain()).toEqual({
      ok: false,
      reason: 'Connections were still open after 60 s: 3 of portal/apim-1 DRAIN (L7OK).',
      advice: expect.stringContaining('drain_deadline'),
    });
    expect(passedMs()).toBe(60_000);
  });

  it.each(['DOWN', 'DOWN 1/2', 'MAINT', 'DRAIN', 'NOLB'])(
    'never takes out the last server, the other being %s',
    async (status) => {
      const { drain, haproxy } = setUp();
      haproxy.servers['gateway/apim-2']!.status = status;
      expect(await drain()).toMatchObject({
        ok: false,
        reason: 'It would take out the last server of backend gateway.',
      });
      expect(haproxy.commands).toEqual(['show stat -1 4 -1']);
    },
  );

  it('takes for out what HAProxy sends nothing to', async () => {
    const { drain, haproxy } = setUp();
    Object.assign(haproxy.servers['gateway/apim-2']!, { status: 'UP', weight: 0 });
    expect(await drain()).toMatchObject({ ok: false, reason: expect.stringContaining('last server') });
  });

  it.each(['UP 1/3', 'no check'])('counts a server that is %s as one that stays', async (status) => {
    const { drain, haproxy } = setUp();
    haproxy.servers['gateway/apim-2']!.status = status;
    expect(await drain()).toMatchObject({ ok: true });
  });

  it('may be asked again after the others went down', async () => {
    const { drain, haproxy } = setUp();
    await drain();
    haproxy.servers['gateway/apim-2']!.status = 'DOWN';
    expect(await drain()).toMatchObject({ ok: true });
  });

  it('says what HAProxy says of a server that it does not have', async () => {
    const { drain } = setUp({ ...HAPROXY, servers: ['gateway/apim-9'] });
    expect(await drain()).toMatchObject({ ok: false, reason: expect.stringContaining('No such server.') });
  });

  it('leaves a way that breaks to whoever asked', async () => {
    const failure = new HopFailure(aHopFailure());
    const executor = createFakeExecutor({ 'lb-1': () => Promise.reject(failure) });
    const { target } = setUp();
    const traffic = createTrafficControl({ executor, clock: createFixedClock(), logger: createRecordingLogger() });
    await expect(traffic.drain(target, new AbortController().signal)).rejects.toBe(failure);
  });

  it('says that the environment does not have the host to ask from', async () => {
    const { drain } = setUp({ ...HAPROXY, via: 'lb-9' });
    expect(await drain()).toMatchObject({
      ok: false,
      reason: expect.stringContaining('lb-9'),
      advice: expect.any(String),
    });
  });
});

describe('putting back by HAProxy', () => {
  it('waits for its health checks', async () => {
    const { drain, ready, haproxy, passedMs } = setUp();
    await drain();
    const server = haproxy.servers['gateway/apim-1']!;
    Object.defineProperty(server, 'status', { get: () => (passedMs() < 5_000 ? 'DOWN 1/2' : 'UP'), set() {} });
    expect(await ready()).toEqual({ ok: true, note: 'gateway/apim-1, portal/apim-1 ready' });
    expect(passedMs()).toBe(5_000);
    expect(haproxy.servers['portal/apim-1']?.status).toBe('UP');
  });

  it('fails when HAProxy never sees it up', async () => {
    const { ready, haproxy } = setUp();
    Object.defineProperty(haproxy.servers['gateway/apim-1'], 'status', { get: () => 'DOWN', set() {} });
    expect(await ready()).toMatchObject({
      ok: false,
      reason: 'HAProxy sends nothing there after 180 s: gateway/apim-1 DOWN (L7OK).',
    });
  });
});

describe('draining by a command', () => {
  it('runs it on the other host and keeps what it printed', async () => {
    const { drain, ready, executor } = setUp(COMMAND, () => ({ stdout: 'out of pool\n' }));
    expect(await drain()).toEqual({ ok: true, output: 'out of pool\n' });
    await ready();
    expect(executor.runs.map(({ target, command }) => [target.endpoint.name, command])).toEqual([
      ['lb-1', ['lb', 'out', 'apim-1']],
      ['lb-1', ['lb', 'in', 'apim-1']],
    ]);
  });

  it('fails with its output, without secrets', async () => {
    const { drain } = setUp(COMMAND, () => ({
      exitCode: 3,
      stdout: 'pool x',
      stderr: 'login password=hunter2 refused\n',
    }));
    expect(await drain()).toEqual({
      ok: false,
      reason: expect.stringMatching(/^`lb out apim-1` on lb-1 failed: exit code 3, login password=\[secret\]/),
      advice: expect.any(String),
      output: 'pool x\nlogin password=[secret] refused\n',
    });
  });

  it('fails when it does not end', async () => {
    const { drain } = setUp(COMMAND, () => {
      throw new HopFailure(aHopFailure({ kind: 'command_timeout' }));
    });
    expect(await drain()).toMatchObject({ ok: false, reason: '`lb out apim-1` on lb-1 did not end within 60 s.' });
  });
});

describe('a host without a load balancer', () => {
  it('is drained and ready at once', async () => {
    const { executor, target, traffic } = setUp();
    const alone = { ...target, host: aHost('apim-1') };
    const { signal } = new AbortController();
    expect([await traffic.drain(alone, signal), await traffic.ready(alone, signal)]).toEqual([
      { ok: true },
      { ok: true },
    ]);
    expect(executor.runs).toEqual([]);
  });
});
