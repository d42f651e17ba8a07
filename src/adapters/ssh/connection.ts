import type { Client } from 'ssh2';
import type { Clock } from '../../domain/clock.ts';
import { onAbort } from './abortable.ts';
import type { ReleaseSlot } from './fair-limiter.ts';
import { HopError } from './hop-error.ts';
import { createLeaseCounter } from './lease-counter.ts';
import { destroySocket } from './ssh2-internals.ts';
import { startTimer } from './start-timer.ts';

/** One authenticated SSH connection that many callers share. */
export interface Connection {
  readonly client: Client;
  readonly depth: number;
  /** Aborts with a `HopError` that blames the hop which really broke. Everything that waits on the connection listens. */
  readonly lost: AbortSignal;
  /** May new work use it? False as soon as something looks wrong, before it is known what. */
  isUsable(): boolean;
  /** Something shows that it is broken: ends it and everything that waits on it. */
  suspect(detail?: string): void;
  /** Takes it out of use; ends it as soon as nobody uses it any more. */
  retire(): void;
  /** Counts as one channel until released. */
  lease(): ReleaseSlot;
  leases(): number;
  end(): void;
}

export interface ConnectionOptions {
  readonly client: Client;
  readonly depth: number;
  /** The bastion that it goes through. */
  readonly parent?: Connection | undefined;
  readonly clock: Clock;
  readonly idleMs: number;
  onGone(connection: Connection): void;
}

/** A bastion's death reaches the connections behind it a moment before the bastion's own. */
const BLAME_DELAY_MS = 50;
/** For the server's answer to our good-bye. */
const GOODBYE_MS = 1_000;

export function createConnection(options: ConnectionOptions): Connection {
  const { client, depth, parent, clock, idleMs, onGone } = options;
  const lost = new AbortController();
  const leases = createLeaseCounter(settleIdle);
  let isUsable = true;
  let stopIdle = (): void => {};
  let stopListening = (): void => {};

  function takeOutOfUse(): void {
    if (isUsable) {
      isUsable = false;
      stopIdle();
      onGone(connection);
    }
  }
  function lose(reason: unknown): void {
    takeOutOfUse();
    lost.abort(reason);
    destroySocket(client);
    stopListening();
  }
  function suspect(detail?: string): void {
    takeOutOfUse();
    const loseMyself = (): void => lose(new HopError({ kind: 'connection_lost', depth, detail }));
    startTimer(clock, depth === 0 ? 0 : BLAME_DELAY_MS, loseMyself);
  }
  function end(): void {
    takeOutOfUse();
    client.end();
    startTimer(clock, GOODBYE_MS, () => destroySocket(client));
  }
  function retire(): void {
    takeOutOfUse();
    settleIdle();
  }
  function settleIdle(): void {
    stopIdle();
    if (leases.count() === 0 && isUsable) {
      stopIdle = startTimer(clock, idleMs, retire);
    } else if (leases.count() === 0) {
      end();
    }
  }
  function lease(): ReleaseSlot {
    stopIdle();
    return leases.lease();
  }

  const connection = {
    client,
    depth,
    lost: lost.signal,
    isUsable: () => isUsable,
    suspect,
    retire,
    lease,
    leases: leases.count,
    end,
  };
  listenForLoss(client, suspect);
  settleIdle();
  if (parent !== undefined) {
    stopListening = onAbort(parent.lost, lose);
  }
  return connection;
}

function listenForLoss(client: Client, suspect: (detail?: string) => void): void {
  client.on('error', (error: Error) => suspect(error.message));
  client.on('end', () => suspect());
  client.on('close', () => suspect());
}
