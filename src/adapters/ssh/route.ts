import type { SshEndpoint } from '../../domain/inventory.ts';
import type { RemoteTarget } from '../../domain/remote-executor.ts';

/** The way to one sshd: every hop from the outermost inwards, the endpoint itself last. */
export interface Route {
  readonly hops: readonly SshEndpoint[];
  /** Addresses mean different machines in different networks: the tunnel's interface, or `direct`. */
  readonly network: string;
}

export function routeTo({ endpoint, path }: RemoteTarget): Route {
  return { hops: [...path.bastions, endpoint], network: path.vpn?.interface ?? 'direct' };
}

/** The route to a hop on the way; depth 0 is the outermost. */
export function routeToDepth(route: Route, depth: number): Route {
  return { hops: route.hops.slice(0, depth + 1), network: route.network };
}

/** Of the endpoint; 0 is reached directly. */
export function depthOf({ hops }: Route): number {
  return hops.length - 1;
}

export function endpointOf({ hops }: Route): SshEndpoint {
  const endpoint = hops.at(-1);
  if (endpoint === undefined) {
    throw new TypeError('A route has at least one hop.');
  }
  return endpoint;
}

/** Same key: same machine, same account, same pinned keys, same way there; one connection serves both. */
export function routeKey({ hops, network }: Route): string {
  const parts = hops.map(({ user, address, port, hostKeys }) => [user, address, port, ...hostKeys]);
  return JSON.stringify([network, ...parts]);
}

/** Same key: same sshd, whatever the account. */
export function serverKey({ hops, network }: Route): string {
  return JSON.stringify([network, ...hops.map(({ address, port }) => [address, port])]);
}

/** What shares one bastion or one tunnel and so fails together. A host reached directly is a group of its own. */
export function routeGroup(route: Route): string {
  return route.network === 'direct' ? serverKey(routeToDepth(route, 0)) : route.network;
}
