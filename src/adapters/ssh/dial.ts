import net from 'node:net';
import type { SshEndpoint } from '../../domain/inventory.ts';

/**
 * A TCP connection that sends at once what is written in one turn of the event loop, and no later.
 * Without Nagle's algorithm, which costs 40 ms a packet here; without a system call for each packet, of which
 * a bastion's connection has one for every host.
 */
export function dial({ address, port }: SshEndpoint): net.Socket {
  return corkedByTurn(net.connect({ host: address, port, noDelay: true }));
}

function corkedByTurn(socket: net.Socket): net.Socket {
  const write = socket.write.bind(socket) as (data: Uint8Array) => boolean;
  let isCorked = false;
  const send = (): void => {
    isCorked = false;
    socket.uncork();
  };
  return Object.assign(socket, {
    write(data: Uint8Array): boolean {
      if (!isCorked) {
        isCorked = true;
        socket.cork();
        setImmediate(send);
      }
      return write(data);
    },
  });
}
