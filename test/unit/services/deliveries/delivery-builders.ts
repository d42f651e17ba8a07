import type { Delivery, SentResult, TroubleClass, UnsentResult } from '../../../../src/services/deliveries/delivery.ts';
import { NOW } from '../../../support/builders.ts';

/** A mail about an alert, due now. */
export function aDelivery(overrides: Partial<Delivery> = {}): Delivery {
  return {
    ...{ key: 'alert:7kq2m9xd:begin:r1', incident: '7kq2m9xd', customer: 'acme', environment: 'prod', dueAt: NOW },
    content: {
      kind: 'email',
      to: ['oncall@acme.example'],
      mail: { subject: 'disk', text: 'Disk is full.', html: '<p>Disk is full.</p>', thread: 'alert:7kq2m9xd:begin:r1' },
    },
    troubleThreads: [{ channelId: 'C0OPS', threadOf: 'alert:7kq2m9xd:C0OPS' }],
    ...overrides,
  };
}

export const SENT: SentResult = {
  kind: 'sent',
  by: 'SMTP mail.acme.example:587',
  id: 'D6FD823A629',
  rejected: [],
  passedOver: [],
};

export function aRefusal(
  text = 'The mail is too big.',
  trouble: TroubleClass = 'too_big',
): Extract<UnsentResult, { kind: 'refused' }> {
  return { kind: 'refused', trouble: { class: trouble, text }, rejected: [] };
}

export function aDelay(text = 'SMTP mail.acme.example:587 did not answer.'): UnsentResult {
  return { kind: 'later', trouble: { class: 'timeout', text } };
}
