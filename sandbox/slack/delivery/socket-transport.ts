import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import {
  createSocketConnection,
  type DisconnectKind,
  NOT_CONNECTED,
  type SocketConnection,
} from './socket-connection.ts';
import type { Transport } from './transport.ts';

export interface SocketTransport extends Transport {
  /** A path with a ticket that is good for one connection. */
  openTicket(): string;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** How many connections take envelopes. */
  connections(): number;
  /** All connections. They get no more envelopes; acks of earlier ones still count. */
  disconnect(kind: DisconnectKind): void;
}

const MAX_CONNECTIONS = 10;
const STOP_GRACE_MS = 200;

/** Socket Mode: up to ten connections, each envelope goes to one of them in turn. */
export function createSocketTransport(options: { appId: string; ackTimeoutMs: number }): SocketTransport {
  const server = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const all = new Set<SocketConnection>();
  let inTurn: SocketConnection[] = [];

  function accept(socket: WebSocket): void {
    const connection = createSocketConnection(socket, options);
    if (inTurn.length >= MAX_CONNECTIONS) {
      connection.disconnect('too_many_websockets');
      void connection.close(STOP_GRACE_MS);
      return;
    }
    inTurn.push(connection);
    all.add(connection);
    socket.on('close', () => {
      inTurn = inTurn.filter((one) => one !== connection);
      all.delete(connection);
    });
    socket.send(hello(options.appId, inTurn.length));
  }

  return {
    openTicket() {
      const ticket = randomBytes(16).toString('hex');
      tickets.add(ticket);
      return `/link/?ticket=${ticket}&app_id=${options.appId}`;
    },
    upgrade(request, socket, head) {
      const ticket = new URL(request.url ?? '/', 'http://localhost').searchParams.get('ticket') ?? '';
      if (!tickets.delete(ticket)) {
        socket.end('HTTP/1.1 401 Unauthorized\r\nconnection: close\r\n\r\n');
        return;
      }
      server.handleUpgrade(request, socket, head, accept);
    },
    connections: () => inTurn.length,
    disconnect(kind) {
      for (const connection of inTurn) {
        connection.disconnect(kind);
      }
      inTurn = [];
    },
    async send(envelope) {
      const connection = inTurn.shift();
      if (connection === undefined) {
        return NOT_CONNECTED;
      }
      inTurn.push(connection);
      return connection.send(envelope);
    },
    async stop() {
      await Promise.all([...all].map((connection) => connection.close(STOP_GRACE_MS)));
      server.close();
    },
  };
}

function hello(appId: string, connections: number): string {
  return JSON.stringify({
    type: 'hello',
    num_connections: connections,
    connection_info: { app_id: appId },
    debug_info: { host: 'sandbox', build_number: 1, approximate_connection_time: 18_060 },
  });
}
