import { startDnsServer } from '../../../../sandbox/aws/dns-server.ts';
import { dkimRecords } from '../../../../sandbox/aws/ses/look-for-dkim.ts';
import { startAws } from '../../../../sandbox/aws/start-aws.ts';
import { createAwsClients } from '../../../../src/adapters/aws/aws-clients.ts';
import { createEmailIdentities } from '../../../../src/adapters/aws/email-identities.ts';
import { createDnsLookup } from '../../../../src/adapters/dns/dns-lookup.ts';
import type { Customer } from '../../../../src/domain/inventory.ts';
import type { NoticeRule } from '../../../../src/domain/receivers.ts';
import type { Delivery } from '../../../../src/services/deliveries/delivery.ts';
import { createEmailVerificationService } from '../../../../src/services/email-identities/email-verification-service.ts';
import type { OutgoingMessage } from '../../../../src/services/notifications/ports.ts';
import { emailVerificationWords } from '../../../../src/views/email-verification-words.ts';
import { REGION } from '../../../support/aws.ts';
import { createRecordingLogger } from '../../../support/recording-logger.ts';
import { aWorld } from '../../../support/world.ts';
import { wordsOf } from '../../views/message-parts.ts';
import { createMemoryVerifications } from './memory-verifications.ts';

export const DOMAIN = 'acme.example';
export const OPS = 'C0ACMEOPS';
export const SHARED = 'C0ACMESHARED';
export const HOUR_MS = 3_600_000;

/** Acme, with mails by SES and two rules: one of ours, one of theirs. */
export function anEmailCustomer(overrides: Partial<Customer> = {}): Customer {
  const [acme] = aWorld().inventory.customers;
  const rule = { kind: 'email', severities: ['critical'], when: 'always' } as const;
  const notices: readonly NoticeRule[] = [
    { ...rule, to: ['oncall@meridian.example'], owner: 'operations' },
    { ...rule, to: ['dana@acme.example', 'Dana@acme.example'], owner: 'customer' },
    { ...rule, kind: 'sms', to: ['+491701234567'], owner: 'operations' },
  ];
  const monitoring = { everyMs: 60_000, tellCustomer: true, holds: {} as never, runbooks: {}, notices };
  return {
    ...acme!,
    receivers: { mail: { from: `alerts@${DOMAIN}`, gateways: [{ kind: 'ses', region: REGION }] }, webhooks: [] },
    environments: acme!.environments.map((one) => (one.production ? { ...one, monitoring } : one)),
    ...overrides,
  };
}

export type EmailWorld = Awaited<ReturnType<typeof startEmailWorld>>;

/** The service over a real DNS server and the local AWS, whose clock it shares. */
export async function startEmailWorld() {
  const dns = await startDnsServer();
  const aws = await startAws({ dnsServers: [dns.address] });
  const { accessKeyId, secretAccessKey, url } = aws;
  const logger = createRecordingLogger();
  const clients = createAwsClients({ endpointUrl: url, credentials: { accessKeyId, secretAccessKey }, logger });
  const store = createMemoryVerifications();
  const told = new Map<string, OutgoingMessage>();
  const deliveries: Delivery[] = [];
  const customers = new Map([['acme', anEmailCustomer()]]);
  let ahead = 0;
  const emails = createEmailVerificationService({
    identities: (region) => createEmailIdentities(clients, region),
    dns: createDnsLookup({ servers: [dns.address], timeoutMs: 100 }),
    clock: { now: () => new Date(Date.now() + ahead), sleep: async () => {} },
    outbox: { put: async (message) => void told.set(message.key, message) },
    words: emailVerificationWords,
    deliveries: { put: async (delivery) => void deliveries.push(delivery) },
    customerOf: (id) => customers.get(id),
    ...{ store, logger },
  });
  return {
    ...{ emails, aws, dns, store, told, deliveries, customers, logger },
    advance(ms: number) {
      ahead += ms;
      aws.advance(ms);
    },
    /** The records that SES wants right now. */
    records: () => dkimRecords(aws.identities.find(DOMAIN, REGION)!),
    verify: (channelId = OPS, key = 'card-1') =>
      emails.verify({ customer: customers.get('acme')!, card: { channelId, key } }),
    /** What a message shows. */
    shown: (key: string) => wordsOf(told.get(key)!.message),
    /** Keys without the time in them. */
    keys: () => [...told.keys()].map((key) => key.replace(/:\d{4}-[^Z]+Z/, '')),
    async stop() {
      clients.close();
      await aws.stop();
      await dns.stop();
    },
  };
}
