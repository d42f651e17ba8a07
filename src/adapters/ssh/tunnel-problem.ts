import type { Vpn } from '../../domain/inventory.ts';
import type { TunnelState } from '../../domain/tunnel.ts';

/** Why nothing can come through the tunnel, in words; `undefined` when nothing speaks against it. */
export function tunnelProblem(state: TunnelState, vpn: Vpn): string | undefined {
  const { interfaceUp, handshakeAgeSeconds: age, route } = state;
  if (interfaceUp === false) {
    return 'the interface is down or missing';
  }
  if (age === 'never') {
    return 'there was no handshake yet';
  }
  if (age !== undefined && age > vpn.maxHandshakeAgeSeconds) {
    return `the last handshake was ${formatAge(age)} ago, more than ${formatAge(vpn.maxHandshakeAgeSeconds)}`;
  }
  if (route !== undefined && !route.viaTunnel) {
    return `traffic leaves by ${route.interface ?? 'no interface'} instead of the tunnel`;
  }
  return undefined;
}

function formatAge(seconds: number): string {
  return seconds < 180 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
}
