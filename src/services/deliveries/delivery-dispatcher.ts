import type { Clock } from '../../domain/clock.ts';
import type { Customer } from '../../domain/inventory.ts';
import type { Logger } from '../../domain/logger.ts';
import type { MessageStates, Outbox } from '../notifications/ports.ts';
import { closeWatch } from './close-watch.ts';
import type { DeliveryRows, DeliveryWords, DueRow } from './dispatch-ports.ts';
import type { Carrier } from './ports.ts';
import { takeTurn } from './take-turn.ts';

const POLL_MS = 1_000;
const MAX_IN_FLIGHT = 10;

export interface DeliveryDispatcherDeps {
  readonly rows: DeliveryRows;
  readonly carrier: Carrier;
  readonly messages: MessageStates;
  /** For what people have to hear of it. */
  readonly outbox: Outbox;
  readonly words: DeliveryWords;
  /** As the configuration has them now. */
  customers(): readonly Customer[];
  /** From 0 to 1. */
  chance(): number;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface DeliveryDispatcher {
  /** Sends what is due, again and again. Runs in every replica. */
  start(): void;
  /** Takes nothing new, and resolves when what is under way has ended: within 30 s. */
  stop(): Promise<void>;
  /** Resolves when nothing is being sent by this replica. */
  idle(): Promise<void>;
  /** Begins to send what is due now. */
  dispatch(): Promise<void>;
}

export function createDeliveryDispatcher(deps: DeliveryDispatcherDeps): DeliveryDispatcher {
  const { rows, clock, logger } = deps;
  const stopped = new AbortController();
  const inFlight = new Set<Promise<void>>();
  let loop: Promise<void> | undefined;

  function begin(row: DueRow): void {
    const work = row.kind === 'delivery' ? takeTurn(row, deps) : closeWatch(row, deps);
    const working = work
      .catch((error: unknown) => logger.error('Delivery left for later', { delivery: keyOf(row), error }))
      .finally(() => inFlight.delete(working));
    inFlight.add(working);
  }

  async function dispatch(): Promise<void> {
    const room = MAX_IN_FLIGHT - inFlight.size;
    const due = room > 0 ? await rows.claimDue(room) : [];
    due.forEach(begin);
  }

  async function run(): Promise<void> {
    while (!stopped.signal.aborted) {
      await dispatch().catch((error: unknown) => logger.error('Deliveries not looked at', { error }));
      await clock.sleep(POLL_MS, stopped.signal);
    }
  }

  async function idle(): Promise<void> {
    while (inFlight.size > 0) {
      await Promise.allSettled(inFlight);
    }
  }

  return {
    start() {
      loop ??= run();
    },
    async stop() {
      stopped.abort();
      await loop;
      await idle();
    },
    idle,
    dispatch,
  };
}

function keyOf(row: DueRow): string {
  return row.kind === 'delivery' ? row.record.delivery.key : row.watch.key;
}
