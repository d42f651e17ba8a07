import type { NamedSecrets } from '../../domain/named-secrets.ts';
import type { MailGateway } from '../../domain/receivers.ts';
import type { CarrierResult, DeliveryContent, Envelope, Trouble } from '../../services/deliveries/ports.ts';
import type { AwsClients } from '../aws/aws-clients.ts';
import type { Gateway, GatewayOutcome } from './gateway.ts';
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
 * Asks one gateway after the other, until one takes the mail or refuses it for what it is.
 * @param deadlineMs For all of them; each gets its share of what is left.
 */
export async function carryMail(
  deps: MailCarrierDeps,
  message: { readonly content: EmailContent; readonly envelope: Envelope },
  deadlineMs: number,
): Promise<CarrierResult> {
  const { content, envelope } = message;
  const settings = envelope.customer.receivers?.mail;
  if (settings === undefined || settings.gateways.length === 0) {
    return { kind: 'refused', trouble: { class: 'not_configured', text: NOT_CONFIGURED }, rejected: [] };
  }
  const mail = {
    from: settings.from,
    to: content.to,
    mail: content.mail,
    key: envelope.key,
    incident: envelope.incident,
  };
  const endsAt = performance.now() + deadlineMs;
  const failed: Unable[] = [];
  for (const [index, gateway] of settings.gateways.map((one) => open(one, deps)).entries()) {
    const shareMs = (endsAt - performance.now()) / (settings.gateways.length - index);
    const outcome = await gateway.take(mail, AbortSignal.timeout(Math.max(1, Math.floor(shareMs))));
    if (outcome.kind !== 'unable') {
      return toResult(outcome, gateway, failed);
    }
    failed.push(outcome);
  }
  return nobodyTookIt(failed);
}

function open(settings: MailGateway, { secrets, aws }: MailCarrierDeps): Gateway {
  return settings.kind === 'smtp' ? createSmtpGateway(settings, secrets) : createSesGateway(settings, aws);
}

type Unable = Extract<GatewayOutcome, { kind: 'unable' }>;

function toResult(
  outcome: Exclude<GatewayOutcome, Unable>,
  gateway: Gateway,
  failed: readonly Unable[],
): CarrierResult {
  if (outcome.kind === 'refused') {
    const { trouble, rejected } = outcome;
    return { kind: 'refused', trouble: { ...trouble, text: [...texts(failed), trouble.text].join(' ') }, rejected };
  }
  const { id, rejected } = outcome;
  return { kind: 'sent', by: gateway.name, id, rejected, passedOver: texts(failed) };
}

/** Tried again as long as one of them may take it by itself; the trouble is of the first such. */
function nobodyTookIt(failed: readonly Unable[]): CarrierResult {
  const passing = failed.find(({ isLasting }) => !isLasting);
  const trouble: Trouble = {
    class: (passing ?? failed[0])?.trouble.class ?? 'other',
    text: texts(failed).join(' '),
  };
  return passing ? { kind: 'later', trouble } : { kind: 'refused', trouble, rejected: [] };
}

function texts(failed: readonly Unable[]): string[] {
  return failed.map(({ trouble }) => trouble.text);
}
