import type { SESv2Client } from '@aws-sdk/client-sesv2';
import type { MailGateway } from '../../domain/receivers.ts';
import type { Rejection } from '../../services/deliveries/ports.ts';
import type { AwsClients } from '../aws/aws-clients.ts';
import type { AwsError } from '../aws/aws-trouble.ts';
import { composeMail } from './compose-mail.ts';
import type { Gateway, GatewayOutcome, OutgoingMail } from './gateway.ts';
import { covers, readSesTrouble, type SesTrouble } from './ses-trouble.ts';

export type SesSettings = Extract<MailGateway, { kind: 'ses' }>;

/** Amazon SES. The mail is made here, so that it has the same headers whichever way it goes; SES gives it a Message-ID of its own. */
export function createSesGateway(settings: SesSettings, aws: Pick<AwsClients, 'sesv2'>): Gateway {
  const { region } = settings;
  const name = `SES ${region}`;

  async function tell(mail: OutgoingMail, signal: AbortSignal): Promise<GatewayOutcome> {
    try {
      const id = await send(await aws.sesv2(region), { mail, settings, signal });
      return { kind: 'taken', id, rejected: [], deferred: [] };
    } catch (error) {
      const trouble = readSesTrouble(error as AwsError, { from: mail.from, to: mail.to, region });
      const others = mail.to.filter((address) => !isNamed(address, trouble));
      if (trouble.class === 'sandbox_recipient' && others.length > 0 && others.length < mail.to.length) {
        return withLeft(await tell({ ...mail, to: others }, signal), rejectionsOf(mail, trouble));
      }
      return toOutcome(trouble, { name, mail });
    }
  }

  return { name, take: tell };
}

async function send(
  client: SESv2Client,
  parts: { mail: OutgoingMail; settings: SesSettings; signal: AbortSignal },
): Promise<string | undefined> {
  const { mail, settings, signal } = parts;
  const [{ SendEmailCommand }, { createTransport }] = await Promise.all([
    import('@aws-sdk/client-sesv2'),
    import('nodemailer'),
  ]);
  const made = await createTransport({ streamTransport: true, buffer: true, newline: 'windows' }).sendMail(
    composeMail(mail),
  );
  const command = new SendEmailCommand({
    FromEmailAddress: mail.from,
    Destination: { ToAddresses: [...mail.to] },
    Content: { Raw: { Data: made.message as Buffer } },
    ConfigurationSetName: settings.configurationSet,
  });
  const { MessageId } = await client.send(command, { abortSignal: signal });
  return MessageId;
}

function toOutcome(trouble: SesTrouble, { name, mail }: { name: string; mail: OutgoingMail }): GatewayOutcome {
  const told = { class: trouble.class, text: `${name} ${trouble.what}. ${trouble.next}` };
  if (trouble.about === 'mail') {
    return { kind: 'refused', trouble: told, rejected: rejectionsOf(mail, trouble) };
  }
  return { kind: 'unable', trouble: told, isLasting: trouble.isLasting };
}

/** SES takes a mail for all or for nobody; which recipient was wrong it only says of those that are not verified. */
function rejectionsOf({ to }: OutgoingMail, trouble: SesTrouble): Rejection[] {
  const known = to.filter((address) => isNamed(address, trouble));
  return (known.length > 0 ? known : to).map((recipient) => ({ recipient, reason: `SES ${trouble.what}` }));
}

function isNamed(address: string, { unverified }: SesTrouble): boolean {
  return unverified.some((identity) => covers(identity, address));
}

/** Those that stayed behind, in the outcome for the others: they are for the next gateway, if there is one. */
function withLeft(outcome: GatewayOutcome, left: readonly Rejection[]): GatewayOutcome {
  switch (outcome.kind) {
    case 'taken':
      return { ...outcome, deferred: [...left, ...outcome.deferred] };
    case 'refused':
      return { ...outcome, rejected: [...left, ...outcome.rejected] };
    case 'unable':
      return outcome;
  }
}
