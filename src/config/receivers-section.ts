import * as z from 'zod';
import { AbsolutePath, Address, HttpUrl, listOf, Name, oneOf, Port, section, text } from './fields.ts';

/** Of a secret in the environment: `acme_smtp` is `MSOPS_SECRET_ACME_SMTP`. A wrong one is not repeated: it may be the secret. */
export const SecretName = z
  .string()
  .regex(
    /^[a-z][a-z0-9_]{0,62}$/,
    'must be the name of a secret, lower case with underscores; its value comes from MSOPS_SECRET_<NAME>',
  );

const MAIL_ADDRESS = /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?=.{1,253}$)[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+$/;
export const MailAddress = text(MAIL_ADDRESS, 'a mail address');
/** E.164. */
export const PhoneNumber = text(/^\+[1-9]\d{6,14}$/, 'a phone number in quotes, such as "+4915112345678"');

const AwsRegion = text(/^[a-z]{2}(?:-[a-z]+)+-\d$/, 'an AWS region such as eu-central-1');

/** What is sent there may be read on its way otherwise; loopback is this machine. */
const SafeUrl = HttpUrl.refine(isSafe, 'must be an https address (http only for this machine)');

function isSafe(value: string): boolean {
  const { protocol, hostname } = URL.canParse(value) ? new URL(value) : { protocol: 'https:', hostname: '' };
  return protocol === 'https:' || ['127.0.0.1', '[::1]', 'localhost'].includes(hostname);
}

const SmtpSection = section({
  host: Address,
  port: Port.optional(),
  security: oneOf('way to encrypt', ['starttls', 'tls']).default('starttls'),
  username: z.string().min(1, 'must not be empty').optional(),
  password: SecretName.optional(),
  ca_file: AbsolutePath.optional(),
}).refine(
  ({ username, password }) => (username === undefined) === (password === undefined),
  'must have both `username` and `password` (the name of a secret), or neither',
);

const SesSection = section({
  region: AwsRegion,
  configuration_set: text(/^[\w-]{1,64}$/, 'the name of a configuration set').optional(),
});

const GatewaySection = section({ smtp: SmtpSection.optional(), ses: SesSection.optional() }).refine(
  ({ smtp, ses }) => (smtp === undefined) !== (ses === undefined),
  'must be `smtp` or `ses`, one of the two; give each a line of its own, in the order in which to try them',
);

const PhonesSection = section({
  webhook: section({ url: SafeUrl, token: SecretName.optional() }).optional(),
  sns: section({
    region: AwsRegion,
    sender_id: text(/^[A-Za-z0-9]{1,11}$/, 'a sender of 11 letters and digits at most').optional(),
  }).optional(),
}).refine(
  ({ webhook, sns }) => (webhook === undefined) !== (sns === undefined),
  'must be `webhook` or `sns`, one of the two',
);

const WebhookSection = section({ name: Name, url: SafeUrl, token: SecretName.optional() });

/** How alerts of a customer leave Slack. */
export const ReceiversSection = section({
  mail: section({ from: MailAddress, gateways: listOf(GatewaySection) }).optional(),
  phones: PhonesSection.optional(),
  webhooks: z.array(WebhookSection).default([]),
});
export type ReceiversSection = z.infer<typeof ReceiversSection>;
