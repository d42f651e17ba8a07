import { externalActorFields } from '../delivery/events.ts';
import { messageShape } from '../world/message-shape.ts';
import type { Channel, Json, StoredMessage, User } from '../world/model.ts';
import { postMessage } from '../world/post.ts';
import type { HumanDeps } from './human-deps.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { readTypedText } from './typed-text.ts';

const SUBSCRIPTIONS = { public: 'message.channels', private: 'message.groups', im: 'message.im' } as const;
const CHANNEL_TYPES = { public: 'channel', private: 'group', im: 'im' } as const;

export interface Utterance {
  readonly text: string;
  readonly threadTs?: string | undefined;
  readonly files?: readonly string[];
}

/** Somebody said something that is no command. Resolves when the app has got the events that tell it. */
export async function speak(
  deps: HumanDeps,
  { user, channel }: { user: User; channel: Channel },
  { text: typed, threadTs, files = [] }: Utterance,
): Promise<Outcome> {
  const { world } = deps;
  const { text, blocks, mentions } = readTypedText(world, typed);
  const subtype = files.length > 0 ? 'file_share' : undefined;
  const message = postMessage(world, { channel: channel.id, user: user.id, text, blocks, threadTs, subtype, files });
  const startedAt = Date.now();
  const acks = channel.members.has(world.bot.userId) ? await tellApp(deps, { user, channel, message, mentions }) : [];
  const failed = acks.find((ack) => ack !== undefined && !ack.ok);
  const said = { channel: channel.id, ts: message.ts };
  return { ...outcomeOf(failed ?? { ok: true, body: undefined }, startedAt), message: said };
}

interface Said {
  readonly user: User;
  readonly channel: Channel;
  readonly message: StoredMessage;
  readonly mentions: readonly string[];
}

function tellApp({ world, events, baseUrl }: HumanDeps, said: Said) {
  const { user, channel, message, mentions } = said;
  const base: Json = {
    ...messageShape(world, message, baseUrl),
    client_msg_id: `msg-${message.ts}`,
    channel: channel.id,
    event_ts: message.ts,
    ...externalActorFields(world, user),
  };
  const asMessage = {
    type: SUBSCRIPTIONS[channel.kind],
    event: { ...base, team: user.teamId, channel_type: CHANNEL_TYPES[channel.kind] },
  };
  // `team` of a mention is ours, whoever speaks; direct messages are never mentions.
  const asMention = { type: 'app_mention', event: { ...base, type: 'app_mention', team: world.home.id } };
  const isMention = channel.kind !== 'im' && mentions.includes(world.bot.userId);
  const told = [asMessage, ...(isMention ? [asMention] : [])];
  return Promise.all(told.map((event) => events.send({ ...event, actor: user, channel })));
}
