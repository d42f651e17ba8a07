import type { Client } from 'ssh2';

/** The only place that knows private fields of ssh2. The version is pinned, and a test holds what is said here. */
interface ClientInternals {
  /** The server's software version, from its banner. */
  _remoteVer?: string | undefined;
  _sock?: { destroy(): void } | undefined;
}

/** Has the server said that it speaks SSH? The library has no event for it. */
export function hasSeenBanner(client: Client): boolean {
  return internals(client)._remoteVer !== undefined;
}

/**
 * ssh2 lets OpenSSH prove every other host key that it has, at 10 % of the CPU of a login on both sides.
 * We pin keys and never learn new ones, so the answer would be dropped. It asks only what calls itself OpenSSH.
 */
export function skipHostKeyProofs(client: Client): void {
  internals(client)._remoteVer = 'unasked';
}

/** Closes the socket or channel below. The library's own `destroy` does nothing after `end`. */
export function destroySocket(client: Client): void {
  internals(client)._sock?.destroy();
}

function internals(client: Client): ClientInternals {
  return client as unknown as ClientInternals;
}
