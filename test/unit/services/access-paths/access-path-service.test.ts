import { describe, expect, it } from 'vitest';
import { HopFailure } from '../../../../src/domain/hop-failure.ts';
import type { AccessPath, Vpn } from '../../../../src/domain/inventory.ts';
import type { TunnelInspector, TunnelState } from '../../../../src/domain/tunnel.ts';
import { createAccessPathService } from '../../../../src/services/access-paths/access-path-service.ts';
import type { PathStep } from '../../../../src/services/access-paths/path-step.ts';
import { aHopFailure } from '../../../support/builders.ts';
import { createFakeExecutor, type Reply } from '../../../support/fake-executor.ts';
import { createFixedClock } from '../../../support/fixed-clock.ts';
import { createRecordingLogger } from '../../../support/recording-logger.ts';
import { aHost, anEndpoint, anEnvironment } from '../../../support/world.ts';

const WIREGUARD: Vpn = { kind: 'wireguard', interface: 'wg-acme', maxHandshakeAgeSeconds: 180 };
const HOSTS = ['mi-1', 'mi-2'].map((name) => aHost(name));
const OUTER = anEndpoint('outer', { address: '192.0.2.10' });
const INNER = anEndpoint('inner', { address: '10.1.2.3' });

const healthyTunnel: TunnelState = {
  interfaceUp: true,
  handshakeAgeSeconds: 12,
  route: { interface: 'wg-acme', viaTunnel: true },
  gaps: [],
};

interface Situation {
  readonly path?: Partial<AccessPath>;
  readonly replies?: Readonly<Record<string, Reply>>;
  readonly tunnel?: Partial<TunnelState>;
  readonly tcp?: Awaited<ReturnType<TunnelInspector['probeTcp']>>;
}

function sees(source: string): Reply {
  return () => ({ stdout: `${source} 51234 192.0.2.10 22\n` });
}

async function connect({ path = {}, replies = {}, tunnel = {}, tcp = { ms: 21.4 } }: Situation) {
  const probed: string[] = [];
  const tunnels: TunnelInspector = {
    inspect: async () => ({ ...healthyTunnel, ...tunnel }),
    probeTcp: async (address, port) => {
      probed.push(`${address}:${port}`);
      return tcp;
    },
  };
  const executor = createFakeExecutor({ outer: sees('203.0.113.9'), inner: sees('192.0.2.10'), ...replies });
  const logger = createRecordingLogger();
  const ended: string[] = [];
  const openExecutor = () => ({ ...executor, close: () => void ended.push('executor') });
  const service = createAccessPathService({ openExecutor, tunnels, clock: createFixedClock(), logger });
  const accessPath = { bastions: [OUTER, INNER], allowedSources: [], ...path };
  const environment = { ...anEnvironment('acme', 'prod', []), accessPath };
  const progress: (readonly PathStep[])[] = [];
  const steps = await service.connect({ environment, hosts: HOSTS }, (seen) => progress.push(seen));
  return {
    steps,
    progress,
    probed,
    logger,
    runs: executor.runs,
    ended,
    states: steps.map(({ name, state }) => [name, state]),
  };
}

describe('access path service', () => {
  it('tries with connections of its own and ends them', async () => {
    const { ended } = await connect({});
    expect(ended).toEqual(['executor']);
  });

  it('goes through each bastion by those before it, then to every host', async () => {
    const { states, runs } = await connect({});
    expect(states).toEqual([
      ['outer', 'ok'],
      ['inner', 'ok'],
      ['mi-1', 'ok'],
      ['mi-2', 'ok'],
    ]);
    expect(runs.map(({ target }) => target.path.bastions.map(({ name }) => name))).toEqual([
      [],
      ['outer'],
      ['outer', 'inner'],
      ['outer', 'inner'],
    ]);
    expect(runs.at(-1)?.command).toEqual(['true']);
  });

  it('stops at the first broken bastion and tries nothing behind it', async () => {
    // As the executor tells it: to it, the end of the way is a host.
    const facts = aHopFailure({ kind: 'authentication_failed', hop: 'inner', role: 'host' });
    const { states, steps, runs } = await connect({ replies: { inner: () => Promise.reject(new HopFailure(facts)) } });
    expect(states).toEqual([
      ['outer', 'ok'],
      ['inner', 'broken'],
      ['mi-1', 'not_reached'],
      ['mi-2', 'not_reached'],
    ]);
    expect(steps[1]?.failure).toEqual({ ...facts, role: 'bastion' });
    expect(runs).toHaveLength(2);
  });

  it('goes on with the other hosts when one is broken', async () => {
    const { states } = await connect({ replies: { 'mi-1': () => Promise.reject(new HopFailure(aHopFailure())) } });
    expect(states.slice(2)).toEqual([
      ['mi-1', 'broken'],
      ['mi-2', 'ok'],
    ]);
  });

  it('shows after every hop what is known, and what is still to come as waiting', async () => {
    const { progress } = await connect({});
    expect(progress.map((steps) => steps.filter(({ state }) => state === 'waiting').length)).toEqual([3, 2, 1, 0]);
  });

  it('is unsure, and logs why, on an error of its own', async () => {
    const { steps, logger } = await connect({ replies: { outer: () => Promise.reject(new Error('teapot')) } });
    expect(steps[0]).toMatchObject({ state: 'unknown' });
    expect(JSON.stringify(steps)).not.toContain('teapot');
    expect(logger.lines).toHaveLength(1);
    expect(steps.at(-1)?.state).toBe('ok');
  });

  it('tells a login whose shell does not work from a good one', async () => {
    const { steps } = await connect({ replies: { 'mi-2': () => ({ exitCode: 1 }) } });
    expect(steps.at(-1)).toMatchObject({ state: 'warning', detail: 'logged in, but `true` ended with 1' });
  });
});

describe('access path service about the source address', () => {
  const outerOf = async (situation: Situation) => (await connect(situation)).steps[0];

  it('compares what the outermost bastion saw with the allowlist', async () => {
    const path = { allowedSources: ['198.51.100.0/24', '203.0.113.0/28'] };
    expect(await outerOf({ path })).toMatchObject({ state: 'ok', detail: expect.stringContaining('in the allowlist') });
  });

  it('warns of an address that is not in the allowlist, and says what to do', async () => {
    const { steps } = await connect({ path: { allowedSources: ['198.51.100.0/24'] } });
    expect(steps[0]).toMatchObject({ state: 'warning', next: expect.stringContaining('allow 203.0.113.9') });
    expect(steps[0]?.detail).toContain('not in the configured allowlist (198.51.100.0/24)');
    expect(steps[1]?.state).toBe('ok');
  });

  it('takes an IPv4 address that came over IPv6', async () => {
    const path = { allowedSources: ['203.0.113.0/24'] };
    expect(await outerOf({ path, replies: { outer: sees('::ffff:203.0.113.9') } })).toMatchObject({ state: 'ok' });
  });

  it('does not mind a bastion that runs no commands', async () => {
    const replies = { outer: () => ({ exitCode: 1, stdout: 'This account is currently not available.\n' }) };
    const step = await outerOf({ path: { allowedSources: ['203.0.113.0/24'] }, replies });
    expect(step).toMatchObject({ state: 'ok', detail: expect.stringContaining('is unknown') });
  });
});

describe('access path service over a VPN', () => {
  const overVpn = (situation: Situation, vpn: Vpn = WIREGUARD) =>
    connect({ ...situation, path: { vpn, bastions: [OUTER], ...situation.path } });
  const tunnelStates = (steps: readonly PathStep[]) =>
    steps.filter(({ kind }) => kind === 'vpn').map(({ name, state }) => `${name.split(': ')[1]} ${state}`);

  it('looks at the interface, the handshake, the route and a TCP connection to the first hop', async () => {
    const { steps, probed } = await overVpn({});
    expect(tunnelStates(steps)).toEqual(['interface ok', 'handshake ok', 'route ok', 'TCP to 192.0.2.10:22 ok']);
    expect(probed).toEqual(['192.0.2.10:22']);
    expect(steps.at(-1)?.state).toBe('ok');
  });

  it('probes the first host where there is no bastion', async () => {
    expect((await overVpn({ path: { bastions: [] } })).probed).toEqual(['192.0.2.1:22']);
  });

  it('tries nothing when the interface is down', async () => {
    const { steps, probed, runs } = await overVpn({
      tunnel: { interfaceUp: false, route: { interface: 'eth0', viaTunnel: false } },
    });
    expect(tunnelStates(steps)).toEqual([
      'interface broken',
      'handshake not_reached',
      'route not_reached',
      'TCP to 192.0.2.10:22 not_reached',
    ]);
    expect([...probed, ...runs]).toEqual([]);
    expect(steps.at(-1)?.state).toBe('not_reached');
  });

  it('sends nothing by a wrong interface', async () => {
    const { steps, probed, runs } = await overVpn({ tunnel: { route: { interface: 'eth0', viaTunnel: false } } });
    expect(steps[2]).toMatchObject({ state: 'broken', detail: expect.stringContaining('would leave by eth0') });
    expect([...probed, ...runs]).toEqual([]);
  });

  it.each([
    { age: 1200, tcp: { ms: 20 }, state: 'warning' },
    { age: 1200, tcp: { problem: 'no answer in 5 s' }, state: 'broken' },
    { age: 'never', tcp: { problem: 'no answer in 5 s' }, state: 'broken' },
    { age: undefined, tcp: { ms: 20 }, state: 'unknown' },
  ] as const)('calls a handshake of age $age $state when TCP gives $tcp', async ({ age, tcp, state }) => {
    const { steps } = await overVpn({ tunnel: { handshakeAgeSeconds: age }, tcp });
    expect(steps[1]?.state).toBe(state);
    expect(steps.at(-1)?.state).toBe(state === 'broken' ? 'not_reached' : 'ok');
  });

  it('is unsure about what could not be read, and goes on', async () => {
    const gaps = ['wg needs CAP_NET_ADMIN'];
    const tunnel = { interfaceUp: undefined, handshakeAgeSeconds: undefined, route: undefined, gaps };
    const { steps } = await overVpn({ tunnel });
    expect(tunnelStates(steps).slice(0, 3)).toEqual(['interface unknown', 'handshake unknown', 'route unknown']);
    expect(steps[1]?.detail).toContain('wg needs CAP_NET_ADMIN');
    expect(steps.at(-1)?.state).toBe('ok');
  });

  it('asks no handshake of OpenVPN', async () => {
    const { steps } = await overVpn({}, { kind: 'openvpn', interface: 'tun0', maxHandshakeAgeSeconds: 180 });
    expect(tunnelStates(steps)).toEqual(['interface ok', 'route ok', 'TCP to 192.0.2.10:22 ok']);
  });
});
