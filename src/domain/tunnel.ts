import type { Vpn } from './inventory.ts';

/** What the bot's own machine knows of a VPN tunnel. `undefined`: could not be found out, which is not "up". */
export interface TunnelState {
  readonly interfaceUp: boolean | undefined;
  /** Seconds since the newest handshake of any peer; `'never'` when there was none. WireGuard only. */
  readonly handshakeAgeSeconds: number | 'never' | undefined;
  /** Does traffic to the address leave by the tunnel's interface, and if not, by which. */
  readonly route: { readonly interface: string | undefined; readonly viaTunnel: boolean } | undefined;
  /** Parts that could not be read, in words and with what to do: `wg needs CAP_NET_ADMIN`. */
  readonly gaps: readonly string[];
}

/** Looks at the tunnel without touching it. Never reads a key. */
export interface TunnelInspector {
  /** @param address of the first hop behind the tunnel, for the route. */
  inspect(vpn: Vpn, address: string): Promise<TunnelState>;
  /** Opens and closes a TCP connection. Resolves with milliseconds, or the reason in words. */
  probeTcp(address: string, port: number): Promise<{ readonly ms: number } | { readonly problem: string }>;
}
