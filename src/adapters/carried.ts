import type { Carrier } from '../services/deliveries/ports.ts';

/** The parts of the carrier's port, by name: what is carried, and what becomes of it. */
export type DeliveryContent = Parameters<Carrier['send']>[0];
export type CarrierResult = Awaited<ReturnType<Carrier['send']>>;
export type Mail = Extract<DeliveryContent, { kind: 'email' }>['mail'];
export type Trouble = Extract<CarrierResult, { kind: 'later' }>['trouble'];
export type TroubleClass = Trouble['class'];
export type Rejection = Extract<CarrierResult, { kind: 'sent' }>['rejected'][number];
