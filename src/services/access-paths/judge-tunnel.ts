import type { Vpn } from '../../domain/inventory.ts';
import type { TunnelState } from '../../domain/tunnel.ts';
import type { StepOutcome } from './path-step.ts';

/** What a TCP connection through the tunnel gave; `undefined` when none was tried. */
export type TcpProbe = { readonly ms: number } | { readonly problem: string } | undefined;

export function judgeInterface(vpn: Vpn, { interfaceUp, gaps }: TunnelState): StepOutcome {
  if (interfaceUp === undefined) {
    return { state: 'unknown', detail: unreadable('the interface', gaps) };
  }
  return interfaceUp
    ? { state: 'ok', detail: 'interface is up' }
    : {
        state: 'broken',
        detail: 'interface is down or missing',
        next: `Bring the tunnel up on the machine of msops: \`${START[vpn.kind](vpn.interface)}\`.`,
      };
}

const START: Record<Vpn['kind'], (name: string) => string> = {
  wireguard: (name) => `systemctl restart wg-quick@${name}`,
  openvpn: () => 'systemctl restart openvpn-client@…',
};

/**
 * An old handshake alone breaks nothing: WireGuard makes a new one when there is traffic, so the TCP probe decides.
 * @returns `undefined` for a VPN without handshakes to look at.
 */
export function judgeHandshake(vpn: Vpn, state: TunnelState, tcp: TcpProbe): StepOutcome | undefined {
  if (vpn.kind !== 'wireguard') {
    return undefined;
  }
  const { handshakeAgeSeconds: age, gaps } = state;
  if (age === undefined) {
    return { state: 'unknown', detail: unreadable('the last handshake', gaps) };
  }
  const limit = vpn.maxHandshakeAgeSeconds;
  if (age !== 'never' && age <= limit) {
    return { state: 'ok', detail: `last handshake ${Math.round(age)} s ago` };
  }
  const found = age === 'never' ? 'no handshake yet' : `last handshake ${Math.round(age)} s ago, limit ${limit} s`;
  const passes = tcp !== undefined && 'ms' in tcp;
  return passes
    ? { state: 'warning', detail: `${found}; traffic passes all the same` }
    : {
        state: 'broken',
        detail: found,
        next: 'Ask the customer whether their VPN peer is up and still has our key and endpoint.',
      };
}

export function judgeRoute(vpn: Vpn, { route, gaps }: TunnelState, address: string): StepOutcome {
  if (route === undefined) {
    return { state: 'unknown', detail: unreadable(`the route to ${address}`, gaps) };
  }
  if (route.viaTunnel) {
    return { state: 'ok', detail: `traffic to ${address} leaves by the tunnel` };
  }
  return {
    state: 'broken',
    detail: `traffic to ${address} would leave by ${route.interface ?? 'no interface'}, not by ${vpn.interface}`,
    next: `Add the address to the tunnel's allowed addresses or routes. Look for another customer's tunnel with the same network.`,
  };
}

export function judgeTcp(tcp: TcpProbe): StepOutcome {
  if (tcp === undefined) {
    return { state: 'not_reached' };
  }
  return 'ms' in tcp
    ? { state: 'ok', detail: `connects in ${Math.round(tcp.ms)} ms` }
    : {
        state: 'broken',
        detail: tcp.problem,
        next: 'The far side of the tunnel does not pass traffic: ask the customer about their firewall and VPN peer.',
      };
}

function unreadable(what: string, gaps: readonly string[]): string {
  return `${what} could not be read${gaps.length > 0 ? `: ${gaps.join('; ')}` : ''}`;
}
