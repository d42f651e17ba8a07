import { withIds } from '../blocks/with-ids.ts';
import type { Json, StoredMessage } from './model.ts';
import { SLACKBOT } from './seed.ts';
import type { World } from './world.ts';

export interface NewMessage {
  readonly channel: string;
  readonly user: string;
  readonly text: string;
  readonly blocks?: readonly Json[];
  readonly attachments?: readonly Json[];
  readonly metadata?: Json | undefined;
  readonly subtype?: string | undefined;
  readonly threadTs?: string | undefined;
  readonly visibleTo?: string | undefined;
  readonly files?: readonly string[];
}

export function postMessage(world: World, message: NewMessage): StoredMessage {
  const stored: StoredMessage = {
    ...message,
    ts: world.nextTs(),
    blocks: withIds(world, message.blocks ?? []),
    attachments: [...(message.attachments ?? [])],
    reactions: [],
    files: [...(message.files ?? [])],
  };
  world.messages.push(stored);
  world.changed();
  return stored;
}

/** Replaces what is given; what is undefined stays. */
export function editMessage(
  world: World,
  message: StoredMessage,
  change: {
    text?: string | undefined;
    blocks?: readonly Json[] | undefined;
    attachments?: readonly Json[] | undefined;
  },
): void {
  message.text = change.text ?? message.text;
  message.blocks = change.blocks === undefined ? message.blocks : withIds(world, change.blocks);
  message.attachments = change.attachments === undefined ? message.attachments : [...change.attachments];
  message.editedTs = world.nextTs();
  world.changed();
}

export function removeMessage(world: World, message: StoredMessage): void {
  world.messages.splice(world.messages.indexOf(message), 1);
  world.changed();
}

/** What Slack itself says to one person. */
export function tellAsSlackbot(world: World, to: { channel: string; userId: string }, text: string): StoredMessage {
  return postMessage(world, { channel: to.channel, user: SLACKBOT, text, visibleTo: to.userId });
}
