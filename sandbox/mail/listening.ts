import type { AddressInfo } from 'node:net';
import type { SMTPServer } from 'smtp-server';
import { type HeldPort, holdPort } from '../ports.ts';

const HOST = '127.0.0.1';

/** The port of a server that goes away and comes back to it. */
export interface Listening {
  open(): Promise<void>;
  /** Nobody else gets the port until it is opened again. */
  close(): Promise<void>;
  /** Of loopback; known as soon as it was opened once. */
  port(): number;
  /** For good. */
  stop(): Promise<void>;
}

/** @param port 0: any free one, the same from then on. */
export function createListening(port: number, create: () => SMTPServer): Listening {
  let server: SMTPServer | undefined;
  let held: HeldPort | undefined;
  let known = port;

  async function leave(): Promise<void> {
    const closing = server;
    server = undefined;
    if (closing) {
      await new Promise<void>((resolve) => closing.close(() => resolve()));
    }
    await held?.release();
    held = undefined;
  }

  return {
    async open() {
      await leave();
      const opened = create();
      // A client that goes away in the middle is no news.
      opened.on('error', () => {});
      await new Promise<void>((resolve, reject) => {
        opened.server.once('error', reject);
        opened.listen(known, HOST, () => resolve());
      });
      known = (opened.server.address() as AddressInfo).port;
      server = opened;
    },
    async close() {
      await leave();
      held = await holdPort(known);
    },
    port: () => known,
    stop: leave,
  };
}
