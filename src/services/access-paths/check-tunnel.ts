import type { Vpn } from '../../domain/inventory.ts';
import type { TunnelInspector, TunnelState } from '../../domain/tunnel.ts';
import { judgeHandshake, judgeInterface, judgeRoute, judgeTcp, type TcpProbe } from './judge-tunnel.ts';
import type { PathStep, StepOutcome } from './path-step.ts';

/** The first hop behind the tunnel. */
export interface FirstHop {
  readonly address: string;
  readonly port: number;
}

/** Interface, handshake, route, TCP. Nothing is sent when it would leave by another way than the tunnel. */
export async function checkTunnel(vpn: Vpn, hop: FirstHop, tunnels: TunnelInspector): Promise<readonly PathStep[]> {
  const state = await tunnels.inspect(vpn, hop.address).catch(unreadable);
  const link = judgeInterface(vpn, state);
  const route = judgeRoute(vpn, state, hop.address);
  const isSafeToTry = link.state !== 'broken' && route.state !== 'broken';
  const tcp = isSafeToTry ? await probe(hop, tunnels) : undefined;
  const handshake = judgeHandshake(vpn, state, tcp);
  return markUnreached([
    step(vpn, 'interface', link),
    ...(handshake ? [step(vpn, 'handshake', handshake)] : []),
    step(vpn, 'route', route),
    step(vpn, `TCP to ${hop.address}:${hop.port}`, judgeTcp(tcp)),
  ]);
}

function step(vpn: Vpn, what: string, outcome: StepOutcome): PathStep {
  return { kind: 'vpn', name: `${vpn.interface}: ${what}`, ...outcome };
}

/** A wrong route or an old handshake of an interface that is down says nothing of its own. */
function markUnreached([link, ...others]: readonly PathStep[]): readonly PathStep[] {
  if (link?.state !== 'broken') {
    return link ? [link, ...others] : others;
  }
  return [link, ...others.map(({ kind, name }): PathStep => ({ kind, name, state: 'not_reached' }))];
}

async function probe({ address, port }: FirstHop, tunnels: TunnelInspector): Promise<TcpProbe> {
  return await tunnels.probeTcp(address, port).catch(() => ({ problem: 'the connection could not be tried' }));
}

function unreadable(): TunnelState {
  return { interfaceUp: undefined, handshakeAgeSeconds: undefined, route: undefined, gaps: [] };
}
