import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../src/adapters/clock/system-clock.ts';
import type { SshExecutor } from '../../src/adapters/ssh/ssh-executor.ts';
import { createTunnelInspector } from '../../src/adapters/vpn/tunnel-inspector.ts';
import type { AccessPath } from '../../src/domain/inventory.ts';
import { createAccessPathService } from '../../src/services/access-paths/access-path-service.ts';
import type { PathStep } from '../../src/services/access-paths/path-step.ts';
import { addressOf, BOT_ADDRESS, fault, heal, pathTo, TUNNEL, targetOf, vpn } from './fleet.ts';
import { environmentOf } from './fleet-hosts.ts';
import { failureIn, openExecutor, silentLogger } from './over-ssh.ts';

const tunnels = createTunnelInspector({ clock: systemClock });
const globexVpn = pathTo('b1').vpn!;
const deadlineMs = 20_000;

let executor: SshExecutor;

beforeEach(() => {
  executor = openExecutor({ tunnels });
});

afterEach(async () => {
  executor.close();
  await heal('bastion', 'a1', 'vpngw', 'b1');
  await vpn('up');
});

function connect(
  customer: string,
  hosts: readonly string[],
  path: Partial<AccessPath> = {},
): Promise<readonly PathStep[]> {
  const environment = environmentOf(customer, hosts);
  const service = createAccessPathService({
    openExecutor: () => openExecutor({ tunnels }),
    tunnels,
    clock: systemClock,
    logger: silentLogger,
  });
  const accessPath = { ...environment.accessPath, ...path };
  return service.connect({ environment: { ...environment, accessPath }, hosts: environment.hosts }, () => {});
}

const states = (steps: readonly PathStep[]) => steps.map(({ name, state }) => [name, state]);

describe('the way in over a bastion', () => {
  it('shows the address that the bastion saw, which is on the allowlist', async () => {
    const steps = await connect('acme', ['a1', 'a2'], { allowedSources: ['10.213.0.0/28'] });
    expect(states(steps)).toEqual([
      ['bastion', 'ok'],
      ['a1', 'ok'],
      ['a2', 'ok'],
    ]);
    expect(steps[0]?.detail).toContain(BOT_ADDRESS);
  });

  it('warns of an address that is not on the allowlist', async () => {
    const [bastion] = await connect('acme', ['a1'], { allowedSources: ['203.0.113.0/28'] });
    expect(bastion).toMatchObject({ state: 'warning', detail: expect.stringContaining(BOT_ADDRESS) });
  });

  it('breaks at the bastion, and tries nothing behind it', async () => {
    await fault('bastion', 'allow-users', 'ops@192.0.2.*');
    const steps = await connect('acme', ['a1', 'a2']);
    expect(states(steps)).toEqual([
      ['bastion', 'broken'],
      ['a1', 'not_reached'],
      ['a2', 'not_reached'],
    ]);
    expect(steps[0]?.failure?.kind).toBe('authentication_failed');
  });
});

describe('the way in over a WireGuard tunnel', () => {
  const hostname = () => executor.run(targetOf('b1'), ['hostname'], { deadlineMs });
  const age = async () => (await tunnels.inspect(globexVpn, addressOf('b1'))).handshakeAgeSeconds;

  it('is whole while the tunnel is up', async () => {
    expect((await hostname()).stdout).toBe('b1\n');
    expect(await tunnels.inspect(globexVpn, addressOf('b1'))).toMatchObject({
      interfaceUp: true,
      handshakeAgeSeconds: expect.any(Number),
      route: { interface: TUNNEL, viaTunnel: true },
      gaps: [],
    });
    expect(await tunnels.probeTcp(addressOf('b1'), 22)).toEqual({ ms: expect.any(Number) });
    expect((await connect('globex', ['b1'])).map(({ state }) => state)).toEqual(['ok', 'ok', 'ok', 'ok', 'ok']);
  });

  it('ends at the interface when the tunnel is down', async () => {
    await vpn('down');
    const facts = await failureIn(hostname());
    expect(facts).toMatchObject({ kind: 'vpn_down', role: 'vpn', hop: TUNNEL });
    expect((await tunnels.inspect(globexVpn, addressOf('b1'))).interfaceUp).toBe(false);
    const [link, ...others] = await connect('globex', ['b1']);
    expect(link).toMatchObject({ name: `${TUNNEL}: interface`, state: 'broken' });
    expect(others.every(({ state }) => state === 'not_reached')).toBe(true);
  });

  it('is known to be down by the age of its handshake when the far end is silent', async () => {
    expect((await hostname()).stdout).toBe('b1\n');
    await fault('vpngw', 'vpn-silent');
    await vi.waitUntil(async () => Number(await age()) > 3, { timeout: 30_000, interval: 200 });
    expect((await tunnels.inspect(globexVpn, addressOf('b1'))).interfaceUp).toBe(true);

    const impatient = { ...globexVpn, maxHandshakeAgeSeconds: 2 };
    const target = { ...targetOf('b1'), path: { ...pathTo('b1'), vpn: impatient } };
    const fresh = openExecutor({ tunnels });
    const facts = await failureIn(fresh.run(target, ['hostname'], { deadlineMs })).finally(() => fresh.close());
    expect(facts).toMatchObject({ kind: 'vpn_down', role: 'vpn', hop: TUNNEL });
    expect(facts.detail).toMatch(/handshake/);
    const steps = await connect('globex', ['b1'], { vpn: impatient });
    expect(steps.find(({ name }) => name.endsWith('handshake'))?.state).toBe('broken');
  });

  it('works again when the tunnel is back', async () => {
    await vpn('down');
    await failureIn(hostname());
    await vpn('up');
    expect((await hostname()).stdout).toBe('b1\n');
  });
});
