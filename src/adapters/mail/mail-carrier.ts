import type { NamedSecrets } from '../../domain/named-secrets.ts';
import type { MailGateway, MailSettings } from '../../domain/receivers.ts';
import type { CarrierResult, DeliveryContent, Envelope } from '../../services/deliveries/ports.ts';
import type { AwsClients } from '../aws/aws-clients.ts';
import type { Gateway, OutgoingMail } from './gateway.ts';
import { type Attempt, resultOf, stillWaiting } from './mail-result.ts';
import { createSesGateway } from './ses-gateway.ts';
import { createSmtpGateway } from './smtp-gateway.ts';

export interface MailCarrierDeps {
  readonly secrets: NamedSecrets;
  readonly aws: Pick<AwsClients, 'sesv2'>;
}

type EmailContent = Extract<DeliveryContent, { kind: 'email' }>;

const NOT_CONFIGURED =
  'No mail server is set for this customer: add `receivers.mail` to msops.yml, an SMTP server or Amazon SES.';

/**
 * Asks one gateway after the other, until one takes the mail or refuses it for what it is. Recipients that a gateway
 * would take later are handed to the next one.
 * @param deadlineMs For all of them; each gets its share of what is left.
 */
export async function carryMail(
  deps: MailCarrierDeps,
  message: { readonly content: EmailContent; readonly envelope: Envelope },
  deadlineMs: number,
): Promise<CarrierResult> {
  const settings = message.envelope.customer.receivers?.mail;
  if (settings === undefined || settings.gateways.length === 0) {
    return { kind: 'refused', trouble: { class: 'not_configured', text: NOT_CONFIGURED }, rejected: [] };
  }
  const mail = outgoing(message, settings);
  const gateways = settings.gateways.map((one) => open(one, deps));
  const endsAt = performance.now() + deadlineMs;
  const attempts: Attempt[] = [];
  for (const [index, gateway] of gateways.entries()) {
    const to = stillWaiting(mail.to, attempts);
    if (to.length === 0) {
      break;
    }
    const shareMs = (endsAt - performance.now()) / (gateways.length - index);
    const outcome = await gateway.take({ ...mail, to }, AbortSignal.timeout(Math.max(1, Math.floor(shareMs))));
    attempts.push({ by: gateway.name, outcome });
  }
  return resultOf(attempts);
}

function outgoing(
  { content, envelope: { key, incident } }: { readonly content: EmailContent; readonly envelope: Envelope },
  { from }: MailSettings,
): OutgoingMail {
  return { from, to: content.to, mail: content.mail, key, incident };
}

function open(settings: MailGateway, { secrets, aws }: MailCarrierDeps): Gateway {
  return settings.kind === 'smtp' ? createSmtpGateway(settings, secrets) : createSesGateway(settings, aws);
}
