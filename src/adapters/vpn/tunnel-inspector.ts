import { lookup } from 'node:dns/promises';
import net from 'node:net';
import type { Clock } from '../../domain/clock.ts';
import type { Vpn } from '../../domain/inventory.ts';
import type { TunnelInspector, TunnelState } from '../../domain/tunnel.ts';
import { createTcpProbe } from './probe-tcp.ts';
import { handshakeArguments, readHandshake } from './read-handshake.ts';
import { linkArguments, readLink } from './read-link.ts';
import { readRoute, routeArguments } from './read-route.ts';
import { type RunLocal, runLocal } from './run-local.ts';
import type { Reading } from './tunnel-reading.ts';

export interface TunnelInspectorOptions {
  readonly clock: Clock;
  readonly run?: RunLocal | undefined;
  /** Of each look, and of the TCP probe. Milliseconds. */
  readonly timeoutMs?: number | undefined;
}

const TIMEOUT_MS = 3_000;

/** Looks at tunnels of the bot's own machine with `ip` and `wg`. What cannot be read becomes a gap, never an error. */
export function createTunnelInspector(options: TunnelInspectorOptions): TunnelInspector {
  const { clock, run = runLocal, timeoutMs = TIMEOUT_MS } = options;

  async function handshake(vpn: Vpn): Promise<Reading<number | 'never'> | undefined> {
    if (vpn.kind !== 'wireguard') {
      return undefined; // OpenVPN tells its state only on a management port that we do not ask for.
    }
    return readHandshake(await run('wg', handshakeArguments(vpn.interface), timeoutMs), clock.now());
  }

  async function route(vpn: Vpn, address: string): Promise<Reading<NonNullable<TunnelState['route']>>> {
    const ipAddress = await resolveInTime(address, { clock, timeoutMs });
    if (ipAddress === undefined) {
      return { gap: `the name ${address} is not found` };
    }
    return readRoute(await run('ip', routeArguments(ipAddress), timeoutMs), vpn.interface);
  }

  return {
    async inspect(vpn, address) {
      const linking = run('ip', linkArguments(vpn.interface), timeoutMs).then(readLink);
      const [link, age, way] = await Promise.all([linking, handshake(vpn), route(vpn, address)]);
      return {
        interfaceUp: knownValue(link),
        handshakeAgeSeconds: age && knownValue(age),
        route: knownValue(way),
        gaps: [...new Set([link, age, way].flatMap((reading) => (reading && 'gap' in reading ? [reading.gap] : [])))],
      };
    },
    probeTcp: createTcpProbe(timeoutMs),
  };
}

function knownValue<T>(reading: Reading<T>): T | undefined {
  return 'value' in reading ? reading.value : undefined;
}

async function resolveInTime(
  address: string,
  { clock, timeoutMs }: { clock: Clock; timeoutMs: number },
): Promise<string | undefined> {
  if (net.isIP(address) !== 0) {
    return address;
  }
  const done = new AbortController();
  const found = lookup(address).then(
    (result) => result.address,
    () => undefined,
  );
  const tooLate = clock.sleep(timeoutMs, done.signal).then(() => undefined);
  return Promise.race([found, tooLate]).finally(() => done.abort());
}
