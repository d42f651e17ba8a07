import type { Customer } from '../../domain/inventory.ts';
import { decideSettlement } from './decide-settlement.ts';
import { decideTurn } from './decide-turn.ts';
import type { CarrierResult, Delivery, DeliveryContent } from './delivery.ts';
import type { DeliveryDispatcherDeps } from './delivery-dispatcher.ts';
import type { DeliverySettlement, DueRow } from './dispatch-ports.ts';
import { missingGateway } from './missing-gateway.ts';
import type { DeliveryRecord } from './ports.ts';
import { tellTroubles } from './tell-troubles.ts';
import { zoneOf } from './zone-of.ts';

type DueDelivery = Extract<DueRow, { kind: 'delivery' }>;

/** From now on a mail says that it is late. */
const LATE_AFTER_MS = 60_000;
const UNKNOWN_CUSTOMER = 'is not in msops.yml any more, so nobody knows how to reach them.';

/** Sends a delivery when it is needed, tells what people have to know of that, and writes down what became of it. */
export async function takeTurn(due: DueDelivery, deps: DeliveryDispatcherDeps): Promise<void> {
  const { delivery } = due.record;
  const turn = decideTurn(delivery, {
    slack: await deps.messages.statesOf(delivery.unlessInSlack ?? []),
    earlier: await deps.rows.statesOf(delivery.after ?? []),
  });
  const settlement = turn.kind === 'send' ? await send(due, deps) : turn;
  log(delivery, settlement, deps);
  try {
    await tellTroubles(due, settlement, deps);
  } catch (error) {
    // What is out must not go out again because of what could not be said of it.
    if (settlement.kind !== 'sent') {
      throw error;
    }
    deps.logger.error('Troubles of a delivery not told', { delivery: delivery.key, error });
  }
  await deps.rows.settle(delivery.key, settlement);
}

async function send({ record, now }: DueDelivery, deps: DeliveryDispatcherDeps): Promise<DeliverySettlement> {
  const { delivery, attempts } = record;
  const lateMs = now.getTime() - delivery.dueAt.getTime();
  const customer = deps.customers().find(({ id }) => id === delivery.customer);
  const content = lateMs > LATE_AFTER_MS ? late(record, now, deps) : delivery.content;
  const result = await carry(delivery, { content, customer }, deps);
  const isLastWay = (delivery.unlessInSlack ?? []).length > 0;
  return decideSettlement(result, { number: attempts + 1, lateMs, isLastWay, chance: deps.chance() });
}

async function carry(
  { key, incident, customer: id }: Delivery,
  { content, customer }: { content: DeliveryContent; customer: Customer | undefined },
  { carrier, logger }: DeliveryDispatcherDeps,
): Promise<CarrierResult> {
  if (customer === undefined) {
    const trouble = { class: 'not_configured', text: `Customer ${id} ${UNKNOWN_CUSTOMER}` } as const;
    return { kind: 'refused', trouble, rejected: [] };
  }
  const missing = missingGateway(content, customer);
  if (missing !== undefined) {
    return { kind: 'refused', trouble: missing, rejected: [] };
  }
  try {
    return await carrier.send(content, { key, incident, customer });
  } catch (error) {
    logger.error('Carrier failed', { delivery: key, incident, error });
    const text = `Sending failed inside msops. Its log has the cause, at the line “Carrier failed” of incident ${incident}.`;
    return { kind: 'later', trouble: { class: 'other', text } };
  }
}

function late(record: DeliveryRecord, now: Date, { words, customers }: DeliveryDispatcherDeps): DeliveryContent {
  const { delivery, attempts, createdAt } = record;
  const isInstead = (delivery.unlessInSlack ?? []).length > 0;
  const tried = attempts > 0 ? 'way' : 'nobody';
  return words.late(delivery.content, {
    ...{ since: isInstead ? createdAt : delivery.dueAt, now, timeZone: zoneOf(delivery, customers()) },
    cause: isInstead && attempts > 0 ? 'both' : tried,
  });
}

function log(
  { key, incident, customer, content: { kind } }: Delivery,
  settlement: DeliverySettlement,
  { logger }: DeliveryDispatcherDeps,
) {
  const about = { delivery: key, kind, incident, customer };
  if (settlement.kind === 'sent') {
    const { by, id, rejected, passedOver } = settlement.result;
    logger.info('Delivery sent', { ...about, by, id, rejected: rejected.length, passedOver: passedOver.length });
    return;
  }
  if (settlement.kind !== 'not_needed' && settlement.result !== undefined) {
    logger.warn('Delivery not sent', { ...about, outcome: settlement.kind, trouble: settlement.result.trouble });
  }
}
