import type { Customer } from '../../domain/inventory.ts';
import type { CarrierResult, Delivery, DeliveryContent } from './delivery.ts';

export type { CarrierResult, Delivery, DeliveryContent, Mail, Rejection, Trouble, TroubleClass } from './delivery.ts';

/** Puts something where the dispatcher finds it. Resolves when it is saved. */
export interface Deliveries {
  /** Once for each key. */
  put(delivery: Delivery): Promise<void>;
  /** What was put for an incident, oldest first, with what became of it. */
  ofIncident(incident: string): Promise<readonly DeliveryRecord[]>;
}

export interface DeliveryRecord {
  readonly delivery: Delivery;
  readonly state: 'waiting' | 'sent' | 'refused' | 'not_needed';
  /** Sends so far. */
  readonly attempts: number;
  readonly last?: CarrierResult | undefined;
  readonly createdAt: Date;
  readonly settledAt?: Date | undefined;
}

/** One try to carry something to somebody. Ends by itself within 30 s; never throws for what the other side did. */
export interface Carrier {
  send(content: DeliveryContent, envelope: Envelope): Promise<CarrierResult>;
}

export interface Envelope {
  /** Makes the Message-ID, so that a mail that is sent twice is known to be one. */
  readonly key: string;
  readonly incident: string;
  readonly customer: Pick<Customer, 'id' | 'receivers'>;
}
