import type { Message } from '../../domain/message.ts';
import type { Outbox } from '../notifications/ports.ts';
import { customerOf } from './access-deps.ts';
import { type FactsDeps, gatherFacts } from './gather-facts.ts';
import type { Grant } from './grant.ts';
import type { GrantFacts, GrantStore, GrantWords } from './ports.ts';

export interface AccessCardsDeps extends FactsDeps {
  readonly store: GrantStore;
  readonly outbox: Outbox;
  readonly words: GrantWords;
}

/** What Slack shows of a grant. Drawn from the store alone, so it can be drawn again at any time. */
export interface AccessCards {
  /** Everything but how hosts are reached, unless `forPerson`. */
  facts(grant: Grant, forPerson?: boolean): Promise<GrantFacts>;
  /** Does nothing for a grant that is not there. */
  redraw(id: string): Promise<void>;
  /** To the person alone, where they asked. @param occasion tells one telling from the next. */
  details(grant: Grant, occasion: string): Promise<void>;
  /** Into the thread of the card where it was asked for. */
  reminder(grant: Grant): Promise<void>;
  /** Into the ops channels: drawn again each time. @param isOver also says so in its thread. */
  alarm(id: string, isOver: boolean): Promise<void>;
}

export function createAccessCards(deps: AccessCardsDeps): AccessCards {
  const { store, outbox, words } = deps;
  const facts = (grant: Grant, forPerson = false) => gatherFacts(grant, { ...deps, forPerson });

  return {
    facts,
    async redraw(id) {
      const grant = await store.find(id);
      if (grant !== undefined) {
        const known = await facts(grant);
        for (const { channelId, kind } of grant.channels) {
          const message = words.card(known, kind);
          await outbox.put({ key: cardKey(id, channelId), to: { kind: 'channel', channelId }, message });
        }
      }
    },
    async details(grant, occasion) {
      const [asked] = grant.channels;
      if (asked !== undefined) {
        const { channelId } = asked;
        const to = { kind: 'ephemeral', channelId, userId: grant.userId } as const;
        const message = words.details(await facts(grant, true));
        await outbox.put({ key: `access:${grant.id}:details:${occasion}`, to, message });
      }
    },
    async reminder(grant) {
      const [asked] = grant.channels;
      if (asked !== undefined) {
        const card = cardKey(grant.id, asked.channelId);
        const to = { kind: 'channel', channelId: asked.channelId, threadOf: card } as const;
        const key = `${card}:reminder:${grant.until.getTime()}`;
        await outbox.put({ key, to, message: words.reminder(await facts(grant)) });
      }
    },
    async alarm(id, isOver) {
      const grant = await store.find(id);
      if (grant !== undefined) {
        const message = words.alarm(await facts(grant));
        for (const channelId of opsChannelsOf(grant, deps)) {
          await putAlarm({ key: `${cardKey(id, channelId)}:alarm`, channelId, message, isOver }, outbox);
        }
      }
    },
  };
}

interface Alarm {
  readonly key: string;
  readonly channelId: string;
  readonly message: Message;
  readonly isOver: boolean;
}

/** Nobody notices the edit of a message from days ago. */
async function putAlarm({ key, channelId, message, isOver }: Alarm, outbox: Outbox): Promise<void> {
  await outbox.put({ key, to: { kind: 'channel', channelId }, message });
  if (isOver) {
    const to = { kind: 'channel', channelId, threadOf: key } as const;
    await outbox.put({ key: `${key}:over`, to, message: { text: message.text } });
  }
}

/** Those of when it was asked for, and those of now: an alarm has to reach somebody. */
function opsChannelsOf(grant: Grant, deps: FactsDeps): readonly string[] {
  const ops = [...grant.channels, ...(customerOf(grant, deps)?.channels ?? [])].filter(({ kind }) => kind === 'ops');
  return [...new Set(ops.map(({ channelId }) => channelId))];
}

function cardKey(id: string, channelId: string): string {
  return `access:${id}:${channelId}`;
}
