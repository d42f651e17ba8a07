import { randomUUID } from 'node:crypto';
import type { WebSocket } from 'ws';
import { isObject } from '../blocks/interactive.ts';
import type { Ack, Envelope } from './transport.ts';

/** `drop` cuts the connection without a word; the others tell the app to come back. */
export type DisconnectKind = 'refresh_requested' | 'warning' | 'link_disabled' | 'too_many_websockets' | 'drop';

/** One Socket Mode connection of the app. */
export interface SocketConnection {
  /** Resolves with the ack, the time-out, or the end of the connection. */
  send(envelope: Envelope): Promise<Ack>;
  disconnect(kind: DisconnectKind): void;
  /** Says goodbye and resolves when the app has, at the latest after `graceMs`. */
  close(graceMs: number): Promise<void>;
}

/** Slack closes a connection some seconds after it has asked the app to go; the app is expected to be first. */
const CLOSE_GRACE_MS = 10_000;

const TIMED_OUT: Ack = { ok: false, error: 'operation_timeout', retryReason: 'timeout' };
export const NOT_CONNECTED: Ack = { ok: false, error: 'dispatch_failed', retryReason: 'connection_failed' };

type Waiting = Map<string, (ack: Ack) => void>;

export function createSocketConnection(socket: WebSocket, options: { ackTimeoutMs: number }): SocketConnection {
  const waiting: Waiting = new Map();
  socket.on('message', (data) => settle(waiting, String(data)));
  socket.on('error', () => socket.terminate());
  const closed = new Promise<void>((resolve) => {
    socket.on('close', () => {
      for (const finish of waiting.values()) {
        finish(NOT_CONNECTED);
      }
      resolve();
    });
  });
  return {
    send(envelope) {
      const id = randomUUID();
      return new Promise((resolve) => {
        const timer = setTimeout(() => waiting.get(id)?.(TIMED_OUT), options.ackTimeoutMs);
        waiting.set(id, (ack) => {
          clearTimeout(timer);
          waiting.delete(id);
          resolve(ack);
        });
        socket.send(JSON.stringify(toWire(id, envelope)));
      });
    },
    disconnect(kind) {
      if (kind === 'drop') {
        socket.terminate();
        return;
      }
      socket.send(JSON.stringify({ type: 'disconnect', reason: kind, debug_info: { host: 'sandbox' } }));
      setTimeout(() => socket.close(), CLOSE_GRACE_MS).unref();
    },
    async close(graceMs) {
      socket.close(1001);
      await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, graceMs))]);
      socket.terminate();
    },
  };
}

function toWire(id: string, { kind, payload, retryNum, retryReason }: Envelope): object {
  const envelope = { envelope_id: id, type: kind, payload, accepts_response_payload: kind !== 'events_api' };
  return kind === 'events_api' ? { ...envelope, retry_attempt: retryNum, retry_reason: retryReason } : envelope;
}

/** What is not an ack of something that waits is ignored, as Slack ignores late ones. */
function settle(waiting: Waiting, text: string): void {
  const message = parse(text);
  if (isObject(message) && typeof message.envelope_id === 'string') {
    const { payload } = message;
    const isEmpty = !isObject(payload) || Object.keys(payload).length === 0;
    waiting.get(message.envelope_id)?.({ ok: true, body: isEmpty ? undefined : payload });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
