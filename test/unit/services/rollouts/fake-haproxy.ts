import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:net';

export interface FakeServer {
  status: string;
  weight: number;
  open: number;
}

/** Speaks HAProxy's runtime API as version 2.6 does: one command a connection, words for answers, no codes. */
export interface FakeHaproxy {
  readonly servers: Record<string, FakeServer>;
  readonly commands: readonly string[];
  reply(line: string): string;
  /** Of a Unix socket, or a port. @returns the port. */
  listen(path?: string): Promise<number>;
  close(): Promise<void>;
}

const HEADER = '# pxname,svname,qcur,qmax,scur,smax,status,weight,check_status,last_chk,';

export function createFakeHaproxy(names: readonly string[]): FakeHaproxy {
  const servers = Object.fromEntries(
    names.map((name): [string, FakeServer] => [name, { status: 'UP', weight: 1, open: 0 }]),
  );
  const commands: string[] = [];
  const listening: Server[] = [];

  function reply(line: string): string {
    commands.push(line);
    const [, name = '', state] = /^set server (\S+) state (drain|ready)$/.exec(line) ?? [];
    if (line === 'show stat -1 4 -1') {
      const rows = Object.entries(servers).map(([server, { status, weight, open }]) =>
        [...server.split('/'), 0, 9, open, 9, status, weight, 'L7OK', '"OK, fine"', ''].join(','),
      );
      return `${[HEADER, ...rows].join('\n')}\n\n`;
    }
    const server = servers[name];
    if (server === undefined) {
      return name === '' ? 'Unknown command.\n' : 'No such server.\n';
    }
    Object.assign(server, state === 'drain' ? { status: 'DRAIN', weight: 0 } : { status: 'UP', weight: 1 });
    return '\n';
  }

  return {
    servers,
    commands,
    reply,
    async listen(path) {
      const server = createServer({ allowHalfOpen: true }, (socket) => {
        socket.on('error', () => {});
        socket.once('data', (line: Buffer) => socket.end(reply(line.toString().trim())));
      });
      listening.push(server);
      await new Promise<void>((resolve) => server.listen(path ?? { port: 0, host: '127.0.0.1' }, resolve));
      return path === undefined ? (server.address() as AddressInfo).port : 0;
    },
    async close() {
      await Promise.all(listening.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}
