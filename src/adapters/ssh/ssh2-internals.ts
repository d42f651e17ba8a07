import { createSecretKey } from 'node:crypto';
import type { Client } from 'ssh2';

/** The only place that knows private fields of ssh2. The version is pinned, and a test holds what is said here. */
interface ClientInternals {
  /** The server's software version, from its banner. */
  _remoteVer?: string | undefined;
  _sock?: { destroy(): void } | undefined;
  _protocol?: { readonly _cipher?: { _encKey?: unknown }; readonly _decipher?: { _decipherKey?: unknown } } | undefined;
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

/**
 * To be called after each key exchange. AES-GCM is used with a new cipher object for each packet, and Node takes three
 * quarters of the time for that to look at a key that comes as bytes. The ciphers of the addon have no such field.
 */
export function keepKeysParsed(client: Client): void {
  const { _cipher: outbound, _decipher: inbound } = internals(client)._protocol ?? {};
  if (outbound?._encKey instanceof Uint8Array) {
    outbound._encKey = createSecretKey(outbound._encKey);
  }
  if (inbound?._decipherKey instanceof Uint8Array) {
    inbound._decipherKey = createSecretKey(inbound._decipherKey);
  }
}

/** Closes the socket or channel below. The library's own `destroy` does nothing after `end`. */
export function destroySocket(client: Client): void {
  internals(client)._sock?.destroy();
}

function internals(client: Client): ClientInternals {
  return client as unknown as ClientInternals;
}
