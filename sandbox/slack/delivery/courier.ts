import type { Activity } from '../activity.ts';
import type { Delivery, DeliveryKind, Json } from '../world/model.ts';
import type { World } from '../world/world.ts';
import type { Ack, RetryReason, Transport } from './transport.ts';

interface Parcel {
  readonly kind: DeliveryKind;
  /** The command, the event's type or the interaction's type. */
  readonly what: string;
  readonly payload: Json;
  readonly userId?: string | undefined;
}

/** Hands things to the app and writes down how it went. */
export interface Courier {
  /** One attempt; resolves when acked, refused or timed out. */
  deliver(parcel: Parcel): Promise<Ack>;
  /**
   * An event: sent again when it is not acked. Resolves with the first attempt's result; the other attempts
   * go on in the background.
   */
  deliverEvent(parcel: Parcel): Promise<Ack>;
  /** Sends an event again that was acked, as Slack does when the ack got lost on its way. */
  redeliver(deliveryId: string): Promise<Ack>;
  stop(): void;
}

export interface CourierDeps {
  readonly world: World;
  readonly transport: Transport;
  readonly activity: Activity;
  /** Slack's: at once, after 1 and after 5 minutes. */
  readonly retryDelaysMs: readonly number[];
}

const KEPT_DELIVERIES = 5000;

interface Attempt extends Parcel {
  readonly retryNum: number;
  readonly retryReason: RetryReason;
}

export function createCourier({ world, transport, activity, retryDelaysMs }: CourierDeps): Courier {
  const timers = new Set<NodeJS.Timeout>();

  async function attempt(parcel: Attempt): Promise<Ack> {
    const done = activity.begin();
    const delivery = write(world, parcel);
    const ack = await transport.send(parcel);
    close(delivery, ack);
    done();
    world.changed();
    return ack;
  }

  function retryLater(parcel: Attempt, ack: Ack): void {
    const delay = retryDelaysMs[parcel.retryNum];
    if (ack.ok || ack.isFinal || delay === undefined) {
      return;
    }
    const next = { ...parcel, retryNum: parcel.retryNum + 1, retryReason: ack.retryReason };
    const timer = setTimeout(() => {
      timers.delete(timer);
      void attempt(next).then((later) => retryLater(next, later));
    }, delay);
    timers.add(timer.unref());
  }

  return {
    deliver: (parcel) => attempt({ ...parcel, retryNum: 0, retryReason: '' }),
    async deliverEvent(parcel) {
      const first: Attempt = { ...parcel, retryNum: 0, retryReason: '' };
      const ack = await attempt(first);
      retryLater(first, ack);
      return ack;
    },
    async redeliver(deliveryId) {
      const earlier = world.deliveries.find(({ id }) => id === deliveryId);
      if (earlier === undefined || earlier.kind !== 'events_api') {
        throw new Error(
          `There is no event with the delivery id ${deliveryId}; commands and interactions are sent once.`,
        );
      }
      return attempt({ ...earlier, retryNum: earlier.retryNum + 1, retryReason: 'http_timeout' });
    },
    stop() {
      for (const timer of timers) {
        clearTimeout(timer);
      }
    },
  };
}

function write(world: World, { kind, what, payload, userId, retryNum }: Attempt): Delivery {
  const id = world.nextId('delivery-');
  const delivery: Delivery = { id, kind, what, payload, userId, retryNum, at: Date.now(), status: 'pending' };
  world.deliveries.push(delivery);
  world.deliveries.splice(0, world.deliveries.length - KEPT_DELIVERIES);
  world.changed();
  return delivery;
}

function close(delivery: Delivery, ack: Ack): void {
  delivery.ms = Date.now() - delivery.at;
  delivery.status = ack.ok ? 'acked' : 'failed';
  if (ack.ok) {
    delivery.ackBody = ack.body;
  } else {
    delivery.error = ack.error;
  }
}
