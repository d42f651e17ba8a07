import type { Clock } from '../../domain/clock.ts';
import type { Customer } from '../../domain/inventory.ts';
import { ownRunbook } from '../../domain/own-runbook.ts';
import type { AlertCard, AlertNotices, Telling } from '../alerts/ports.ts';
import type { MessageLinks } from '../notifications/ports.ts';
import { decideNotices, type Notice } from './decide-notices.ts';
import type { Delivery, DeliveryContent } from './delivery.ts';
import type { SlackWatches } from './dispatch-ports.ts';
import { findLink } from './find-link.ts';
import type { NoticeFacts, NoticeWords } from './notice-ports.ts';
import { type NoticeOccasion, noticeOccasion } from './notice-step.ts';
import type { Deliveries } from './ports.ts';
import { withoutSecrets } from './without-secrets.ts';

export interface AlertNoticesDeps {
  readonly deliveries: Deliveries & SlackWatches;
  readonly words: NoticeWords;
  readonly links: MessageLinks;
  readonly clock: Clock;
  /** As the configuration has them now. */
  customers(): readonly Customer[];
}

/** For so long Slack may take until others are told. */
const SLACK_MAY_TAKE_MS = 30_000;

export function createAlertNotices(deps: AlertNoticesDeps): AlertNotices {
  const { deliveries, clock, customers, words } = deps;

  return {
    async tell(telling, cards) {
      const { group } = telling;
      const occasion = noticeOccasion(telling);
      const customer = customers().find(({ id }) => id === group.customer);
      if (occasion === undefined || customer === undefined) {
        return;
      }
      const rules = customer.environments.find(({ name }) => name === group.environment)?.monitoring?.notices ?? [];
      const records = occasion.step === 'end' ? await deliveries.ofIncident(group.id) : [];
      const notices = decideNotices({ group, occasion, rules, records });
      const moment = { telling, occasion, customer, cards, now: clock.now() };
      if (notices.length > 0) {
        const facts = await factsOf(moment, deps);
        await Promise.all(notices.map((notice) => deliveries.put(deliveryOf(notice, { ...moment, facts, words }))));
      }
      await watchSlack(moment, deliveries);
    },
  };
}

interface Moment {
  readonly telling: Telling;
  readonly occasion: NoticeOccasion;
  readonly customer: Customer;
  readonly cards: readonly AlertCard[];
  readonly now: Date;
}

type GroupFacts = Omit<NoticeFacts, 'rule' | 'isLate'>;

async function factsOf({ telling, occasion, customer, cards, now }: Moment, deps: AlertNoticesDeps) {
  const { group, thread } = telling;
  const isTheirs = group.owner === 'customer';
  const environment = customer.environments.find(({ name }) => name === group.environment);
  const card = cards.find(({ kind }) => kind === (isTheirs ? 'shared' : 'ops'));
  // Our runbooks are for our people.
  const ours = isTheirs ? undefined : environment?.monitoring?.runbooks[group.signal];
  return withoutSecrets({
    ...{ group, now, step: occasion.step, alerts: occasion.alerts, severity: occasion.severity },
    ...{ change: thread?.change, customerName: customer.name, timeZone: environment?.timeZone ?? 'UTC' },
    runbook: ownRunbook(group.alerts) ?? ours,
    slackLink: card && (await findLink(card.key, deps)),
  });
}

function deliveryOf(
  { key, rule, isLate, after, thread }: Notice,
  { facts, words, cards, customer, now }: Moment & { facts: GroupFacts; words: NoticeWords },
): Delivery {
  const { id: incident, environment } = facts.group;
  const waitsForSlack = isLate && cards.length > 0;
  return {
    ...{ key, incident, customer: customer.id, environment, after },
    content: contentOf({ ...facts, rule, isLate }, { words, thread }),
    dueAt: waitsForSlack ? new Date(now.getTime() + SLACK_MAY_TAKE_MS) : now,
    unlessInSlack: waitsForSlack ? cards.map((card) => card.key) : undefined,
    troubleThreads: troubleThreads(cards, customer),
  };
}

function contentOf(facts: NoticeFacts, { words, thread }: { words: NoticeWords; thread: string }): DeliveryContent {
  const { kind, to } = facts.rule;
  switch (kind) {
    case 'email':
      return { kind, to, mail: words.mail(facts, thread) };
    case 'sms':
      return { kind, to, text: words.sms(facts) };
    case 'webhook':
      return { kind, webhook: to[0] ?? '', body: words.webhook(facts) };
  }
}

/** Never where the customer reads it: under the message in our channels, or in these where it is not shown there. */
function troubleThreads(cards: readonly AlertCard[], { channels }: Customer): Delivery['troubleThreads'] {
  const shown = cards.filter(({ kind }) => kind === 'ops').map(({ key, channelId }) => ({ channelId, threadOf: key }));
  return shown.length > 0
    ? shown
    : channels.filter(({ kind }) => kind === 'ops').map(({ channelId }) => ({ channelId }));
}

/** The first message of a group is the one that must not be late. */
async function watchSlack({ telling: { group }, occasion, cards }: Moment, watches: SlackWatches): Promise<void> {
  const messages = cards
    .filter(({ kind }) => kind === 'ops')
    .map(({ key, channelId }) => ({ key, channelId, threadOf: key }));
  if (occasion.step === 'begin' && messages.length > 0) {
    const { id: incident, customer, environment } = group;
    await watches.watch({ key: `alert:${incident}:begin:slack`, incident, customer, environment, messages });
  }
}
