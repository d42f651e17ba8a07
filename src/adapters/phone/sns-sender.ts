import type { MessageAttributeValue } from '@aws-sdk/client-sns';
import type { PhoneGateway } from '../../domain/receivers.ts';
import type { TroubleClass } from '../../services/deliveries/ports.ts';
import type { AwsClients } from '../aws/aws-clients.ts';
import { type AwsError, type AwsTrouble, readAwsTrouble } from '../aws/aws-trouble.ts';
import { foreignText } from '../foreign-text.ts';
import type { PhoneSender, TextMessage } from './phone-gateway.ts';

export type SnsSettings = Extract<PhoneGateway, { kind: 'sns' }>;

/** Amazon SNS, straight to a number. */
export function createSnsSender(settings: SnsSettings, aws: Pick<AwsClients, 'sns'>): PhoneSender {
  const name = `SNS ${settings.region}`;
  return {
    name,
    async text(message, signal) {
      try {
        const [client, { PublishCommand }] = await Promise.all([
          aws.sns(settings.region),
          import('@aws-sdk/client-sns'),
        ]);
        const command = new PublishCommand(publication(message, settings));
        const { MessageId } = await client.send(command, { abortSignal: signal });
        return { kind: 'taken', id: MessageId };
      } catch (error) {
        const { class: kind, what, next, isLasting } = readSnsTrouble(error as AwsError, settings.region);
        const trouble = { class: kind, text: `${name} ${what}. ${next}` };
        return { kind: isLasting ? 'refused' : 'later', trouble };
      }
    },
  };
}

function publication({ to, text }: TextMessage, { senderId }: SnsSettings) {
  const attributes: Record<string, MessageAttributeValue> = {
    'AWS.SNS.SMS.SMSType': { DataType: 'String', StringValue: 'Transactional' },
    ...(senderId === undefined ? {} : { 'AWS.SNS.SMS.SenderID': { DataType: 'String', StringValue: senderId } }),
  };
  return { PhoneNumber: to, Message: text, MessageAttributes: attributes };
}

interface Rule {
  readonly class: TroubleClass;
  readonly what: string;
  readonly next: string;
  applies(name: string, message: string): boolean;
}

/** The first that applies counts. */
const RULES: readonly Rule[] = [
  {
    class: 'sandbox_recipient',
    what: 'is in its SMS sandbox and texts only verified numbers',
    next: 'Ask AWS to move the account out of it, or verify the number there.',
    applies: (_, message) => /not verified|isn't verified|sandbox/i.test(message),
  },
  {
    class: 'suppressed_recipient',
    what: 'may not text this number: its owner has opted out',
    next: 'Have the number opted in again, once in 30 days, in the SNS console.',
    applies: (name, message) => name.startsWith('OptedOut') || /opted out/i.test(message),
  },
  {
    class: 'unknown_recipient',
    what: 'does not take this number',
    next: 'Write it in msops.yml as +491701234567.',
    applies: (name, message) => /^(Invalid|Validation)/.test(name) && /phone/i.test(message),
  },
];

function readSnsTrouble(error: AwsError, region: string): AwsTrouble {
  const common = readAwsTrouble(error, region);
  if (common) {
    return common;
  }
  const { name, message } = error;
  const rule = RULES.find(({ applies }) => applies(name, message));
  const said = `(${name}: ${foreignText(message)})`;
  return rule
    ? { class: rule.class, what: `${rule.what} ${said}`, next: rule.next, isLasting: true }
    : { class: 'other', what: `refused the text ${said}`, next: 'Look at what SNS says about it.', isLasting: true };
}
