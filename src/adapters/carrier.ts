import type { Clock } from '../domain/clock.ts';
import type { NamedSecrets } from '../domain/named-secrets.ts';
import type { Carrier, CarrierResult, DeliveryContent, Envelope } from '../services/deliveries/ports.ts';
import type { AwsClients } from './aws/aws-clients.ts';
import { carryMail } from './mail/mail-carrier.ts';
import { carrySms } from './phone/phone-carrier.ts';
import { carryWebhook } from './webhook/webhook-carrier.ts';

export interface CarrierDeps {
  readonly secrets: NamedSecrets;
  readonly aws: Pick<AwsClients, 'sesv2' | 'sns'>;
  readonly clock: Clock;
}

/** A bit less than the 30 s that the port allows. */
const DEADLINE_MS = 28_000;

/** E-mail, SMS and webhooks. Whoever sends tells and logs what became of it. */
export function createCarrier(deps: CarrierDeps): Carrier {
  return { send: (content, envelope) => carry(deps, content, envelope) };
}

function carry(deps: CarrierDeps, content: DeliveryContent, envelope: Envelope): Promise<CarrierResult> {
  const signal = AbortSignal.timeout(DEADLINE_MS);
  switch (content.kind) {
    case 'email':
      return carryMail(deps, { content, envelope }, DEADLINE_MS);
    case 'sms':
      return carrySms(deps, { content, envelope }, signal);
    case 'webhook':
      return carryWebhook(deps.secrets, { content, envelope }, signal);
  }
}
