import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';

const HOST = '127.0.0.1';

/** A port of loopback on which nobody listens, and that the system gives to nobody else until it is released. */
export interface HeldPort {
  readonly port: number;
  release(): Promise<void>;
}

/** A port of loopback that nobody has right now, for a program that takes it by itself. */
export async function freePort(): Promise<number> {
  const { port, release } = await holdPort();
  await release();
  return port;
}

/**
 * A connection has the port as its own end: who connects there is refused, and it is no longer among the free ones.
 * @param port 0 for any free one.
 */
export async function holdPort(port = 0): Promise<HeldPort> {
  const acceptor = net.createServer((end) => end.on('error', () => {}).unref());
  await once(acceptor.listen(0, HOST), 'listening');
  const to = (acceptor.address() as AddressInfo).port;
  const holder = net.connect({ host: HOST, port: to, localAddress: HOST, localPort: port });
  try {
    await Promise.all([once(holder, 'connect'), once(acceptor, 'connection')]);
  } finally {
    acceptor.close();
  }
  holder.unref();
  return {
    port: holder.localPort!,
    async release() {
      holder.resetAndDestroy();
      await once(holder, 'close');
    },
  };
}
