import type { Customer } from '../../../../src/domain/inventory.ts';
import type { CarrierResult, Delivery, DeliveryContent } from '../../../../src/services/deliveries/delivery.ts';
import {
  createDeliveryDispatcher,
  type DeliveryDispatcherDeps,
} from '../../../../src/services/deliveries/delivery-dispatcher.ts';
import type { Envelope } from '../../../../src/services/deliveries/ports.ts';
import type { MessageState, OutgoingMessage } from '../../../../src/services/notifications/ports.ts';
import { deliveryWords } from '../../../../src/views/delivery-words.ts';
import { createFixedClock } from '../../../support/fixed-clock.ts';
import { createRecordingLogger } from '../../../support/recording-logger.ts';
import { anEnvironment } from '../../../support/world.ts';
import { aDelivery, SENT } from './delivery-builders.ts';
import { createMemoryDeliveryRows } from './memory-delivery-rows.ts';

export const MINUTE = 60_000;
export const CARD = 'alert:7kq2m9xd:C0OPS';
export const ACME: Customer = {
  ...{ id: 'acme', name: 'Acme Bank', channels: [], environments: [anEnvironment('acme', 'prod', [])] },
  receivers: {
    mail: { from: 'alerts@acme.example', gateways: [{ kind: 'ses', region: 'eu-central-1' }] },
    webhooks: [],
  },
};

/** A dispatcher whose carrier answers in turn, the last answer for ever. */
export function setUp(given: Partial<DeliveryDispatcherDeps> = {}) {
  const clock = createFixedClock();
  const rows = createMemoryDeliveryRows(clock);
  const sends: { content: DeliveryContent; envelope: Envelope }[] = [];
  const puts: OutgoingMessage[] = [];
  const slack = new Map<string, MessageState>();
  const answers: (CarrierResult | Error)[] = [];
  const logger = createRecordingLogger();
  const dispatcher = createDeliveryDispatcher({
    carrier: {
      async send(content, envelope) {
        sends.push({ content, envelope });
        const answer = answers.length > 1 ? answers.shift() : answers[0];
        if (answer instanceof Error) {
          throw answer;
        }
        return answer ?? SENT;
      },
    },
    messages: { statesOf: async () => slack },
    outbox: { put: async (outgoing) => void puts.push(outgoing) },
    words: deliveryWords,
    customers: () => [ACME],
    chance: () => 0,
    ...{ rows, clock, logger },
    ...given,
  });
  return {
    ...{ clock, rows, sends, puts, slack, answers, logger, dispatcher },
    async put(overrides: Partial<Delivery> = {}) {
      await rows.put(aDelivery(overrides));
    },
    /** One look, some time later. */
    async turn(afterMs = 0) {
      clock.advance(afterMs);
      await dispatcher.dispatch();
      await dispatcher.idle();
    },
    state: async () => (await rows.ofIncident('7kq2m9xd'))[0]?.state,
    said: () => puts.map(({ message }) => message.text),
  };
}
