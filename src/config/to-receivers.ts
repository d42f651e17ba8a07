import type { MailGateway, PhoneGateway, Receivers } from '../domain/receivers.ts';
import type { ReceiversSection } from './receivers-section.ts';

/** Submission and submissions, RFC 6409 and 8314. */
const SMTP_PORTS = { starttls: 587, tls: 465 } as const;

export function toReceivers(section: ReceiversSection | undefined): Receivers | undefined {
  return (
    section && {
      mail: section.mail && { from: section.mail.from, gateways: section.mail.gateways.flatMap(toGateway) },
      phones: section.phones && toPhones(section.phones),
      webhooks: section.webhooks,
    }
  );
}

type Gateway = NonNullable<ReceiversSection['mail']>['gateways'][number];

function toGateway({ smtp, ses }: Gateway): readonly MailGateway[] {
  if (smtp !== undefined) {
    const { ca_file: caFile, port = SMTP_PORTS[smtp.security], ...rest } = smtp;
    return [{ kind: 'smtp', ...rest, port, caFile }];
  }
  return ses === undefined ? [] : [{ kind: 'ses', region: ses.region, configurationSet: ses.configuration_set }];
}

function toPhones({ webhook, sns }: NonNullable<ReceiversSection['phones']>): PhoneGateway | undefined {
  if (webhook !== undefined) {
    return { kind: 'webhook', ...webhook };
  }
  return sns && { kind: 'sns', region: sns.region, senderId: sns.sender_id };
}
