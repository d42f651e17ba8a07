import type { TunnelState } from '../../domain/tunnel.ts';
import type { LocalOutcome } from './run-local.ts';
import { IP, parseJson, type Reading, readOutcome } from './tunnel-reading.ts';

type Route = NonNullable<TunnelState['route']>;

export function routeArguments(ipAddress: string): readonly string[] {
  return ['-j', 'route', 'get', ipAddress];
}

/** By which interface traffic to the address leaves. No route is an answer too. */
export function readRoute(outcome: LocalOutcome, tunnelInterface: string): Reading<Route> {
  return readOutcome(IP, outcome, ({ exitCode, stdout, stderr }) => {
    if (exitCode !== 0) {
      return /unreachable|no route/i.test(stderr) ? { interface: undefined, viaTunnel: false } : undefined;
    }
    const routes = parseJson(stdout);
    const device: unknown = Array.isArray(routes) ? routes[0]?.dev : undefined;
    return typeof device === 'string' ? { interface: device, viaTunnel: device === tunnelInterface } : undefined;
  });
}
