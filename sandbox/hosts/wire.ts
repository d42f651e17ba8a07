import { type Duplex, duplexPair, Transform } from 'node:stream';

/** How the network to a host is doing. Changes take effect at once, on open connections too. */
export interface WireConditions {
  /** Added to each packet, each way. Milliseconds. */
  delayMs: number;
  /** Nothing passes, and nobody is told. */
  hung: boolean;
}

/** What a hung wire holds back is looked at again this often. */
const HUNG_POLL_MS = 25;

/**
 * Lays a wire from an open channel to a server in this process. No port is involved, so there is no other way in.
 * @returns the server's end.
 */
export function layWire(channel: Duplex, conditions: WireConditions): Duplex {
  const [near, far] = duplexPair();
  const toHost = gate(conditions);
  const fromHost = gate(conditions);
  channel.pipe(toHost).pipe(near);
  near.pipe(fromHost).pipe(channel);
  const cut = () => {
    for (const end of [near, far, toHost, fromHost, channel]) {
      end.destroy();
    }
  };
  for (const end of [near, far, channel]) {
    end.on('error', cut).on('close', cut);
  }
  return far;
}

function gate(conditions: WireConditions): Transform {
  const wait = (pass: () => void, ms: number): void => {
    setTimeout(() => (conditions.hung ? wait(pass, HUNG_POLL_MS) : pass()), ms).unref();
  };
  return new Transform({
    transform(chunk, _encoding, callback) {
      if (conditions.hung || conditions.delayMs > 0) {
        wait(() => callback(null, chunk), conditions.delayMs);
      } else {
        callback(null, chunk);
      }
    },
  });
}
