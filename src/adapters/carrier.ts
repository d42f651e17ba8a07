import type { Clock } from '../domain/clock.ts';
import type { Logger } from '../domain/logger.ts';
import type { NamedSecrets } from '../domain/named-secrets.ts';
import type { Carrier, CarrierResult, DeliveryContent, Envelope } from '../services/deliveries/ports.ts';
import type { AwsClients } from './aws/aws-clients.ts';
import { carryMail } from './mail/mail-carrier.ts';
import { carrySms } from './phone/phone-carrier.ts';
import { carryWebhook } from './webhook/webhook-carrier.ts';

export interface CarrierDeps {
  readonly secrets: NamedSecrets;
  readonly aws: Pick<AwsClients, 'sesv2' | 'sns'>;
  readonly logger: Logger;
  readonly clock: Clock;
}

/** A bit less than the 30 s that the port allows. */
const DEADLINE_MS = 28_000;

/** E-mail, SMS and webhooks. Whoever sends tells what became of it; here each try is logged for debugging. */
export function createCarrier(deps: CarrierDeps): Carrier {
  return {
    async send(content, envelope) {
      const startedAt = performance.now();
      const result = await carry(deps, content, envelope);
      const tookMs = Math.round(performance.now() - startedAt);
      log(deps.logger, { content, envelope, result, tookMs });
      return result;
    },
  };
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

interface Try {
  readonly content: DeliveryContent;
  readonly envelope: Envelope;
  readonly result: CarrierResult;
  readonly tookMs: number;
}

function log(logger: Logger, { content, envelope, result, tookMs }: Try): void {
  const fields = { kind: content.kind, incident: envelope.incident, customer: envelope.customer.id, tookMs };
  if (result.kind === 'sent') {
    const { by, id, rejected, passedOver } = result;
    logger.debug('Delivered', { ...fields, by, id, rejected: rejected.length, passedOver });
  } else {
    const { class: trouble, text } = result.trouble;
    logger.debug('Not delivered', { ...fields, outcome: result.kind, trouble, detail: text });
  }
}
