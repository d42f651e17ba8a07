import { UserError } from '../../domain/errors.ts';
import type { Customer } from '../../domain/inventory.ts';
import type { MailGateway, MailSettings } from '../../domain/receivers.ts';

/** What a customer sends by SES as. */
export interface SesSettings {
  /** `alerts@acme.example`. */
  readonly from: string;
  /** Lower case. */
  readonly domain: string;
  readonly region: string;
}

type Sender = Pick<Customer, 'id' | 'receivers'>;

/** @throws {UserError} when the customer sends no mails. */
export function mailSettingsOf({ id, receivers }: Sender): MailSettings {
  const mail = receivers?.mail;
  if (mail === undefined) {
    throw new UserError(`\`${id}\` has no \`receivers.mail\` in msops.yml, so no mails are sent for it.`, {
      hint: 'Say there which address they come from and which gateways take them.',
    });
  }
  return mail;
}

/** @throws {UserError} when the customer sends no mails, or none by SES. */
export function sesSettingsOf(customer: Sender): SesSettings {
  const mail = mailSettingsOf(customer);
  const ses = mail.gateways.find((gateway) => gateway.kind === 'ses');
  if (ses === undefined) {
    throw new UserError(
      `\`${customer.id}\` sends its mails by ${mail.gateways.map(nameOf).join(', ')}, not by Amazon SES.`,
      {
        hint: 'There is nothing to verify. `email test` sends a mail that way.',
      },
    );
  }
  const domain = mail.from.slice(mail.from.lastIndexOf('@') + 1).toLowerCase();
  return { from: mail.from, domain, region: ses.region };
}

/** The same, or `undefined` when there is none. */
export function findSesSettings(customer: Sender): SesSettings | undefined {
  const isBySes = customer.receivers?.mail?.gateways.some(({ kind }) => kind === 'ses') ?? false;
  return isBySes ? sesSettingsOf(customer) : undefined;
}

function nameOf(gateway: MailGateway): string {
  return gateway.kind === 'smtp' ? `SMTP \`${gateway.host}\`` : `SES in ${gateway.region}`;
}
