import { once } from 'node:events';
import net from 'node:net';
import { holdPort } from '../../sandbox/ports.ts';

/** Accepts connections and says nothing. */
export async function startSilentServer(): Promise<{ readonly port: number; close(): Promise<void> }> {
  const sockets = new Set<net.Socket>();
  const listener = net.createServer((socket) => sockets.add(socket.on('error', () => {})));
  await once(listener.listen(0, '127.0.0.1'), 'listening');
  return {
    port: (listener.address() as net.AddressInfo).port,
    async close() {
      for (const socket of sockets) {
        socket.destroy();
      }
      await new Promise((resolve) => listener.close(resolve));
    },
  };
}

/** A port on which nobody listens, for as long as this process lives. */
export async function closedPort(): Promise<number> {
  const { port } = await holdPort();
  return port;
}
