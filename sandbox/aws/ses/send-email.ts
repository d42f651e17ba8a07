import { randomBytes } from 'node:crypto';
import { AwsError } from '../aws-error.ts';
import type { Operation } from '../schema/operations.ts';
import { checkQuota } from './quota.ts';
import { type EmailInput, type ReadMail, readMail } from './read-mail.ts';
import { isVerified, type SesRegion } from './ses-region.ts';
import type { SesDeps } from './ses-service.ts';

const MOST_RECIPIENTS = 50;
const SIMULATOR = '@simulator.amazonses.com';

/** A mail that SES took. */
export interface SentMail extends ReadMail {
  readonly messageId: string;
  readonly region: string;
  readonly at: Date;
  /** Recipients that never get it, because SES dropped it without a word. */
  readonly suppressed: readonly string[];
  readonly configurationSet: string | undefined;
}

export function sendEmailOperation({ region, clock }: SesDeps): Operation {
  return async (input: EmailInput, scope) => {
    const its = region(scope.region);
    checkAccount(its);
    const mail = await readMail(input);
    checkPeople(mail, its, scope.region);
    checkQuota(its, clock.now());
    const messageId = `01${randomBytes(7).toString('hex')}-${randomBytes(4).toString('hex')}-000000`;
    its.mails.push({
      ...mail,
      messageId,
      region: scope.region,
      at: clock.now(),
      suppressed: mail.recipients.filter((address) => its.suppressed.has(address)),
      configurationSet: input.ConfigurationSetName,
    });
    return { MessageId: messageId };
  };
}

function checkAccount({ enforcement, sendingEnabled }: SesRegion): void {
  if (enforcement === 'SHUTDOWN') {
    throw new AwsError(
      'AccountSuspendedException',
      "The account's ability to send email has been permanently restricted.",
    );
  }
  if (!sendingEnabled) {
    throw new AwsError('SendingPausedException', 'Email sending is disabled for your account.');
  }
}

function checkPeople({ from, recipients }: ReadMail, its: SesRegion, region: string): void {
  if (from === undefined || recipients.length === 0) {
    throw new AwsError('BadRequestException', `Missing ${from === undefined ? 'From' : 'final recipient'} address.`);
  }
  if (recipients.length > MOST_RECIPIENTS) {
    throw new AwsError('BadRequestException', `Recipient count exceeds ${MOST_RECIPIENTS}.`);
  }
  const mustBeVerified = [from, ...(its.productionAccess ? [] : recipients.filter((one) => !one.endsWith(SIMULATOR)))];
  const unknown = mustBeVerified.filter((address) => !isVerified(address, its));
  if (unknown.length > 0) {
    throw new AwsError(
      'MessageRejected',
      `Email address is not verified. The following identities failed the check in region ${region.toUpperCase()}: ${unknown.join(', ')}`,
    );
  }
}
