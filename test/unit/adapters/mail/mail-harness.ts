import type { MailServer } from '../../../../sandbox/mail/mail-server.ts';
import { createCarrier } from '../../../../src/adapters/carrier.ts';
import type { NamedSecrets } from '../../../../src/domain/named-secrets.ts';
import type { MailGateway, Receivers } from '../../../../src/domain/receivers.ts';
import { Secret } from '../../../../src/domain/secret.ts';
import type { CarrierResult, DeliveryContent } from '../../../../src/services/deliveries/delivery.ts';
import type { Carrier } from '../../../../src/services/deliveries/ports.ts';
import { createFixedClock } from '../../../support/fixed-clock.ts';

export type SmtpSettings = Extract<MailGateway, { kind: 'smtp' }>;

/** Of the secret that the tests call `acme_smtp`. */
export const PASSWORD = 'correct-horse-battery';

export const PEOPLE = ['dana@acme.example', 'ops@acme.example'] as const;

export function secretsOf(values: Readonly<Record<string, string>>): NamedSecrets {
  return {
    get: (name) => (values[name] === undefined ? undefined : new Secret(values[name])),
  };
}

/** How a customer would write the server down. */
export function smtpGateway(server: MailServer, overrides: Partial<SmtpSettings> = {}): SmtpSettings {
  const { host, port, caFile, username } = server;
  return { kind: 'smtp', host, port, security: 'starttls', username, password: 'acme_smtp', caFile, ...overrides };
}

export function anEmail(
  overrides: Partial<Extract<DeliveryContent, { kind: 'email' }>> = {},
): Extract<DeliveryContent, { kind: 'email' }> {
  return {
    kind: 'email',
    to: PEOPLE,
    mail: {
      subject: 'FIRING: disk on gw-2',
      text: 'gw-2 /var 97 % full',
      html: '<p>gw-2 <b>/var</b> 97 % full</p>',
      thread: 'a-7f3',
    },
    ...overrides,
  };
}

export interface TestCarrier {
  readonly carrier: Carrier;
  /** Through these gateways, for customer acme. */
  mail(gateways: readonly MailGateway[], content?: DeliveryContent, key?: string): Promise<CarrierResult>;
  send(receivers: Partial<Receivers>, content: DeliveryContent, key?: string): Promise<CarrierResult>;
}

export function createTestCarrier(
  overrides: Partial<Parameters<typeof createCarrier>[0]> & { secrets?: NamedSecrets } = {},
): TestCarrier {
  const noAws = () => Promise.reject(new Error('There is no AWS in this test.'));
  const carrier = createCarrier({
    secrets: secretsOf({ acme_smtp: PASSWORD }),
    aws: { sesv2: noAws, sns: noAws },
    clock: createFixedClock(),
    ...overrides,
  });
  const send: TestCarrier['send'] = (receivers, content, key = 'a-7f3/firing') =>
    carrier.send(content, {
      key,
      incident: 'a-7f3',
      customer: { id: 'acme', receivers: { webhooks: [], ...receivers } },
    });
  return {
    carrier,
    send,
    mail: (gateways, content = anEmail(), key) =>
      send({ mail: { from: 'alerts@acme.example', gateways } }, content, key),
  };
}

/** Class and kind in one word, as most tests compare them. */
export function verdict(result: CarrierResult): string {
  return result.kind === 'sent' ? 'sent' : `${result.kind}: ${result.trouble.class}`;
}
