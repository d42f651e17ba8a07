import { isIPv4 } from 'node:net';
import type { HealthEndpoint, Host } from '../../domain/inventory.ts';
import type { RemoteCommand } from '../../domain/remote-command.ts';
import { homeOf } from '../../domain/server-shell.ts';
import { PROBE_SCRIPT } from './probe-script.ts';

/**
 * The one round trip that collects everything about a host; `parseProbe` reads what it prints.
 * Takes about half a second; each part gives up by itself after at most 5 s.
 */
export function buildProbe(host: Host): RemoteCommand {
  const parts = host.products.flatMap(({ home, serviceUser, health }, product) => [
    ...['product', String(product), homeOf({ home }), serviceUser],
    ...health.flatMap((endpoint, index) => ['health', `${product}.${index}`, endpoint.url, certificateCheck(endpoint)]),
  ]);
  return ['sh', '-c', PROBE_SCRIPT, 'msops-probe', ...parts];
}

/** A PEM file, `insecure`, or nothing: the host's own certificate authorities. */
function certificateCheck({ url, caFile }: HealthEndpoint): string {
  return caFile ?? (isLoopback(url) ? 'insecure' : '');
}

function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || (isIPv4(hostname) && hostname.startsWith('127.'));
}
