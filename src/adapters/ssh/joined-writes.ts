import type { Duplex } from 'node:stream';

/**
 * Writes what comes in one turn of the event loop as one piece, at the end of that turn. ssh2 writes an encrypted
 * packet in three; through a bastion each would be a packet of its own, to be encrypted and sent once more.
 *
 * @param defer runs the callback at the end of the turn.
 */
export function joinWrites<Stream extends Duplex>(stream: Stream, defer: (send: () => void) => void): Stream {
  const write = stream.write.bind(stream) as (data: Uint8Array) => boolean;
  const end = stream.end.bind(stream) as () => Stream;
  let pieces: Uint8Array[] = [];
  const send = (): void => {
    const [first, ...others] = pieces;
    pieces = [];
    if (first !== undefined && stream.writable) {
      write(others.length > 0 ? Buffer.concat([first, ...others]) : first);
    }
  };
  return Object.assign(stream, {
    write(data: Uint8Array | string): boolean {
      if (pieces.length === 0) {
        defer(send);
      }
      pieces.push(typeof data === 'string' ? Buffer.from(data) : data);
      return !stream.writableNeedDrain;
    },
    end(): Stream {
      send();
      return end();
    },
  });
}
