import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../../src/adapters/clock/system-clock.ts';
import type { LocalOutcome, RunLocal } from '../../../../src/adapters/vpn/run-local.ts';
import { createTunnelInspector } from '../../../../src/adapters/vpn/tunnel-inspector.ts';
import type { Vpn } from '../../../../src/domain/inventory.ts';

const NOW = new Date('2026-11-22T09:00:00Z');
const clock = { ...systemClock, now: () => NOW };
const WIREGUARD: Vpn = { kind: 'wireguard', interface: 'wg-globex', maxHandshakeAgeSeconds: 180 };
const OPENVPN: Vpn = { kind: 'openvpn', interface: 'tun0', maxHandshakeAgeSeconds: 180 };

const UP = exited('[{"ifname":"wg-globex","flags":["POINTOPOINT","NOARP","UP","LOWER_UP"],"operstate":"UNKNOWN"}]');
const VIA_TUNNEL = exited('[{"dst":"10.20.1.5","dev":"wg-globex","prefsrc":"10.44.0.1","flags":[],"uid":0}]');
const HANDSHAKE = exited(`G3YKm5oG=\t${NOW.getTime() / 1000 - 400}\nA7hhZ=\t${NOW.getTime() / 1000 - 12}\n`);

describe('createTunnelInspector', () => {
  it('reads interface, newest handshake and route of a tunnel that is up', async () => {
    const { inspect, calls } = anInspector({});
    expect(await inspect(WIREGUARD, '10.20.1.5')).toEqual({
      interfaceUp: true,
      handshakeAgeSeconds: 12,
      route: { interface: 'wg-globex', viaTunnel: true },
      gaps: [],
    });
    expect(calls).toEqual([
      'ip -j link show dev wg-globex',
      'wg show wg-globex latest-handshakes',
      'ip -j route get 10.20.1.5',
    ]);
  });

  it('never asks for anything that holds a key', async () => {
    const { inspect, calls } = anInspector({});
    await inspect(WIREGUARD, '10.20.1.5');
    expect(calls.join('\n')).not.toMatch(/dump|showconf|private/);
  });

  it('does not take a link for a handshake: one that was never made is told', async () => {
    const { inspect } = anInspector({ wg: exited('G3YKm5oG=\t0\n') });
    expect(await inspect(WIREGUARD, '10.20.1.5')).toMatchObject({ interfaceUp: true, handshakeAgeSeconds: 'never' });
  });

  it('says that an interface is not there', async () => {
    const { inspect } = anInspector({
      link: exited('', 1, 'Device "wg-globex" does not exist.'),
      wg: exited('', 1, 'Unable to access interface: No such device'),
    });
    expect(await inspect(WIREGUARD, '10.20.1.5')).toMatchObject({
      interfaceUp: false,
      handshakeAgeSeconds: undefined,
      gaps: ['wg: Unable to access interface: No such device'],
    });
  });

  it('knows an interface without its daemon by the missing carrier, and asks OpenVPN for no handshake', async () => {
    const { inspect, calls } = anInspector({
      link: exited('[{"ifname":"tun0","flags":["NO-CARRIER","POINTOPOINT","UP"]}]'),
    });
    expect(await inspect(OPENVPN, '10.20.1.5')).toMatchObject({
      interfaceUp: false,
      handshakeAgeSeconds: undefined,
      gaps: [],
    });
    expect(calls.some((call) => call.startsWith('wg'))).toBe(false);
  });

  it('says by which interface traffic leaves instead', async () => {
    const { inspect } = anInspector({ route: exited('[{"dst":"10.20.1.5","gateway":"192.0.2.1","dev":"eth0"}]') });
    expect(await inspect(WIREGUARD, '10.20.1.5')).toMatchObject({ route: { interface: 'eth0', viaTunnel: false } });
  });

  it('takes a missing route for an answer', async () => {
    const { inspect } = anInspector({ route: exited('', 2, 'RTNETLINK answers: Network is unreachable') });
    expect(await inspect(WIREGUARD, '10.20.1.5')).toMatchObject({
      route: { interface: undefined, viaTunnel: false },
      gaps: [],
    });
  });

  it.each([
    [{ wg: { kind: 'not_installed' } }, "wg is not installed on the bot's machine (package wireguard-tools)"],
    [{ wg: { kind: 'not_allowed' } }, 'wg may not be run by the bot'],
    [{ wg: { kind: 'timed_out' } }, 'wg did not answer in time'],
    [
      { wg: exited('', 1, 'Unable to access interface: Operation not permitted') },
      "wg needs CAP_NET_ADMIN: give it to the bot's service (AmbientCapabilities=CAP_NET_ADMIN)",
    ],
    [{ wg: exited('something else') }, 'wg gave an answer that is not understood'],
    [{ link: { kind: 'not_installed' } }, "ip is not installed on the bot's machine (package iproute2)"],
    [{ link: exited('{') }, 'ip gave an answer that is not understood'],
    [{ route: exited('[]') }, 'ip gave an answer that is not understood'],
  ] as const)('turns what cannot be read into a gap in words: %j', async (outcomes, gap) => {
    const { inspect } = anInspector(outcomes);
    const state = await inspect(WIREGUARD, '10.20.1.5');
    expect(state.gaps).toEqual([gap]);
    expect([state.interfaceUp, state.handshakeAgeSeconds, state.route]).toContain(undefined);
  });

  it('says so when the name of the first hop is not found', async () => {
    const { inspect } = anInspector({});
    expect(await inspect(WIREGUARD, 'bastion..invalid')).toMatchObject({
      route: undefined,
      gaps: ['the name bastion..invalid is not found'],
    });
  });
});

function exited(stdout: string, exitCode = 0, stderr = ''): LocalOutcome {
  return { kind: 'exited', exitCode, stdout, stderr };
}

interface Outcomes {
  readonly link?: LocalOutcome;
  readonly wg?: LocalOutcome;
  readonly route?: LocalOutcome;
}

function anInspector({ link = UP, wg = HANDSHAKE, route = VIA_TUNNEL }: Outcomes) {
  const calls: string[] = [];
  const run: RunLocal = async (file, args) => {
    calls.push([file, ...args].join(' '));
    return (
      { wg, 'ip link': link, 'ip route': route }[file === 'wg' ? 'wg' : `ip ${args[1]}`] ?? { kind: 'not_installed' }
    );
  };
  return { calls, ...createTunnelInspector({ run, clock }) };
}
