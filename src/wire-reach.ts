import { createEmailIdentities } from './adapters/aws/email-identities.ts';
import { createCarrier } from './adapters/carrier.ts';
import { createDnsLookup } from './adapters/dns/dns-lookup.ts';
import { createDeliveries } from './adapters/store/deliveries.ts';
import { createEmailVerificationStore } from './adapters/store/email-verifications.ts';
import { createMessageStates } from './adapters/store/message-states.ts';
import type { Env } from './config/env.ts';
import type { Outside } from './outside.ts';
import type { AlertNotices } from './services/alerts/ports.ts';
import { createAlertNotices } from './services/deliveries/alert-notices.ts';
import { createDeliveryDispatcher, type DeliveryDispatcher } from './services/deliveries/delivery-dispatcher.ts';
import {
  createEmailVerificationService,
  type EmailVerificationService,
} from './services/email-identities/email-verification-service.ts';
import { deliveryWords } from './views/delivery-words.ts';
import { emailVerificationWords } from './views/email-verification-words.ts';
import { noticeWords } from './views/mail/notice-words.ts';

/** What leaves Slack: mails, text messages and webhooks. */
export interface Reach {
  readonly notices: AlertNotices;
  readonly emails: EmailVerificationService;
  readonly dispatcher: DeliveryDispatcher;
}

export function wireReach(outside: Outside, { dnsServers }: Pick<Env, 'dnsServers'>): Reach {
  const { store, outbox, clock, logger, config, aws } = outside;
  const deliveries = createDeliveries(store);
  const customers = () => config.current().inventory.customers;
  return {
    notices: createAlertNotices({ deliveries, words: noticeWords, links: outbox, clock, customers }),
    emails: createEmailVerificationService({
      ...{ outbox, deliveries, clock, logger },
      store: createEmailVerificationStore(store),
      identities: (region) => createEmailIdentities(aws, region),
      dns: createDnsLookup({ servers: dnsServers }),
      words: emailVerificationWords,
      customerOf: (id) => customers().find((customer) => customer.id === id),
    }),
    dispatcher: createDeliveryDispatcher({
      ...{ rows: deliveries, outbox, clock, logger, customers },
      carrier: createCarrier(outside),
      messages: createMessageStates(store),
      words: deliveryWords,
      chance: Math.random,
    }),
  };
}
