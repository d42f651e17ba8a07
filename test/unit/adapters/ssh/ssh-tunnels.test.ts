import { describe, expect, it } from 'vitest';
import type { Vpn } from '../../../../src/domain/inventory.ts';
import type { TunnelInspector, TunnelState } from '../../../../src/domain/tunnel.ts';
import { closedPort } from '../../../support/silent-server.ts';
import { anExecutor, aServer, aSilentPort, direct, failureOf, SOON } from './ssh-harness.ts';

const VPN: Vpn = { kind: 'wireguard', interface: 'wg-globex', maxHandshakeAgeSeconds: 180 };
const UP: TunnelState = {
  interfaceUp: true,
  handshakeAgeSeconds: 10,
  route: { interface: 'wg-globex', viaTunnel: true },
  gaps: [],
};

describe('a host behind a tunnel that does not answer', () => {
  it.each([
    [{ interfaceUp: false }, 'the interface is down or missing'],
    [{ handshakeAgeSeconds: 'never' }, 'there was no handshake yet'],
    [{ handshakeAgeSeconds: 720 }, 'the last handshake was 12 min ago, more than 3 min'],
    [{ route: { interface: 'eth0', viaTunnel: false } }, 'traffic leaves by eth0 instead of the tunnel'],
  ] as const)('is told as a tunnel that is down: %j', async (changes, detail) => {
    const failure = await failureBehind({ ...UP, ...changes });
    expect(failure).toEqual({ kind: 'vpn_down', hop: 'wg-globex', role: 'vpn', detail });
  });

  it('is blamed itself when the tunnel is up', async () => {
    expect(await failureBehind(UP)).toMatchObject({ kind: 'no_ssh_banner', hop: 'app-1', role: 'host' });
  });

  it('is blamed itself, with the gap, when the tunnel cannot be looked at', async () => {
    const unknown = { interfaceUp: undefined, handshakeAgeSeconds: undefined, route: undefined, gaps: ['no wg here'] };
    expect(await failureBehind(unknown)).toMatchObject({
      kind: 'no_ssh_banner',
      detail: expect.stringContaining('the tunnel could not be checked: no wg here'),
    });
  });

  it('is blamed itself when looking at the tunnel fails or hangs', async () => {
    const failing: TunnelInspector = { ...tunnelsIn(UP), inspect: () => Promise.reject(new Error('broken')) };
    const hanging: TunnelInspector = { ...tunnelsIn(UP), inspect: () => new Promise(() => {}) };
    for (const tunnels of [failing, hanging]) {
      expect(await failureBehind(UP, tunnels)).toMatchObject({ kind: 'no_ssh_banner', hop: 'app-1' });
    }
  });

  it('is asked about once for many hosts at the same address', async () => {
    const host = await aServer();
    const calls: string[] = [];
    const port = await aSilentPort();
    const executor = anExecutor({ tunnels: tunnelsIn(UP, calls), limits: { tunnelCheckMs: 300 } });
    const target = direct(host.endpoint('app-1', { port }), { vpn: VPN });
    await Promise.all(Array.from({ length: 10 }, () => failureOf(executor.run(target, ['true'], { deadlineMs: 600 }))));
    expect(calls).toEqual(['wg-globex 127.0.0.1']);
  });
});

describe('a refusal from behind a tunnel', () => {
  it('came through it, so the tunnel is not asked', async () => {
    const host = await aServer();
    const calls: string[] = [];
    const tunnels = tunnelsIn({ ...UP, interfaceUp: false }, calls);
    const executor = anExecutor({ tunnels, limits: { connectTries: 1 } });
    const target = direct(host.endpoint('app-1', { port: await closedPort() }), { vpn: VPN });
    expect(await failureOf(executor.run(target, ['true'], SOON))).toMatchObject({ kind: 'connection_refused' });
    expect(calls).toEqual([]);
  });
});

async function failureBehind(state: TunnelState, tunnels = tunnelsIn(state)) {
  const host = await aServer();
  const endpoint = host.endpoint('app-1', { port: await aSilentPort() });
  const limits = { connectTimeoutMs: 100, connectTries: 1, tunnelCheckMs: 200 };
  return failureOf(anExecutor({ tunnels, limits }).run(direct(endpoint, { vpn: VPN }), ['true'], SOON));
}

function tunnelsIn(state: TunnelState, calls: string[] = []): TunnelInspector {
  return {
    async inspect(vpn, address) {
      calls.push(`${vpn.interface} ${address}`);
      return state;
    },
    probeTcp: async () => ({ ms: 1 }),
  };
}
