import type { Customer } from '../../domain/inventory.ts';
import type { Outbox } from '../notifications/ports.ts';
import {
  type Audience,
  type EmailCard,
  type EmailFacts,
  type EmailVerification,
  SEARCH_HOURS,
} from './email-verification.ts';
import type { EmailVerificationWords } from './ports.ts';

export interface EmailCardsDeps {
  readonly outbox: Pick<Outbox, 'put'>;
  readonly words: EmailVerificationWords;
}

/** What Slack shows of a verification. The same said twice is the same message. */
export interface EmailCards {
  draw(card: EmailCard, facts: EmailFacts, customer: Customer): Promise<void>;
  move(card: EmailCard, facts: EmailFacts): Promise<void>;
  remind(
    verification: EmailVerification,
    facts: EmailFacts,
    about: { customer: Customer; hours: number },
  ): Promise<void>;
  end(verification: EmailVerification, facts: EmailFacts, customer: Customer): Promise<void>;
}

export function createEmailCards({ outbox, words }: EmailCardsDeps): EmailCards {
  const post = (key: string, channelId: string, message: ReturnType<EmailVerificationWords['card']>) =>
    outbox.put({ key, to: { kind: 'channel', channelId }, message });

  return {
    draw: ({ key, channelId }, facts, customer) =>
      post(key, channelId, words.card(facts, audienceOf(customer, channelId))),
    move: ({ key, channelId }, facts) => post(key, channelId, words.moved(facts)),

    async remind(verification, facts, { customer, hours }) {
      const shared = channelsOf(customer, 'shared');
      const channels = shared.length > 0 ? shared : verification.cards.map(({ channelId }) => channelId);
      for (const channelId of channels) {
        await post(
          keyOf(verification, `remind-${hours}`, channelId),
          channelId,
          words.reminder(facts, SEARCH_HOURS - hours),
        );
      }
    },

    async end(verification, facts, customer) {
      const told = verification.reminded.length > 0 ? channelsOf(customer, 'shared') : [];
      const channels = new Set([...verification.cards.map(({ channelId }) => channelId), ...told]);
      for (const channelId of channels) {
        const message = words.ended(facts, audienceOf(customer, channelId));
        await post(keyOf(verification, 'ended', channelId), channelId, message);
      }
    },
  };
}

/** A channel that the configuration does not know any more is treated as one that a customer reads. */
export function audienceOf({ channels }: Customer, channelId: string): Audience {
  const bound = channels.filter((channel) => channel.channelId === channelId);
  return bound.length > 0 && bound.every(({ kind }) => kind === 'ops') ? 'operations' : 'customer';
}

function channelsOf({ channels }: Customer, kind: 'ops' | 'shared'): readonly string[] {
  return channels.filter((channel) => channel.kind === kind).map(({ channelId }) => channelId);
}

function keyOf({ customer, begunAt }: EmailVerification, what: string, channelId: string): string {
  return `email-${what}:${customer}:${begunAt.toISOString()}:${channelId}`;
}
