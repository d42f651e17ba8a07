import type { Message } from '../domain/message.ts';
import type { Place } from '../domain/place.ts';
import type { MessageAddress, Outbox } from '../services/notifications/ports.ts';
import { asMentioned } from './as-mentioned.ts';

/** Where the answers to one interaction go. */
export interface AnswerAddresses {
  /** For all who read along. */
  readonly shown: MessageAddress;
  /** For the asker alone; the same as `shown` in a direct message. */
  readonly whispered: MessageAddress;
}

/** How a command talks back. Everything goes through the outbox. */
export interface Answer {
  /** Posts a message, or edits it when the same name was shown before. */
  show(name: string, message: Message): Promise<void>;
  /** Only the asker sees it. */
  whisper(message: Message): Promise<void>;
  /** Edits the message with a key of `keyOf` or `keyHere`, or posts it. */
  edit(key: string, message: Message): Promise<void>;
  /** The key under which `show(name)` is remembered. It says where, so that it can be told apart elsewhere. */
  keyOf(name: string): string;
  /** A key that a button remembers, if its message is in this place; else that of a new one, so nothing is shown elsewhere. */
  keyHere(remembered: string, name: string): string;
}

interface AnsweredAsker {
  readonly userId: string;
  readonly place: Place;
  readonly addresses: AnswerAddresses;
  readonly isMention: boolean;
}

export interface AnswerDeps {
  readonly outbox: Outbox;
  readonly asker: AnsweredAsker;
  /** The interaction's id: a replay after a crash edits its own messages and posts nothing twice. */
  readonly requestId: string;
}

export function createAnswer({ outbox, asker, requestId }: AnswerDeps): Answer {
  const { shown, whispered } = asker.addresses;
  const worded = (message: Message): Message => (asker.isMention ? asMentioned(message) : message);
  const where = asker.place.kind === 'channel' ? asker.place.channelId : asker.userId;
  const keyOf = (name: string): string => `${name}:${where}:${requestId}`;
  const edit = (key: string, message: Message) => outbox.put({ key, to: shown, message: worded(message) });
  let whispers = 0;
  return {
    keyOf,
    keyHere: (remembered, name) => (remembered.startsWith(`${name}:${where}:`) ? remembered : keyOf(name)),
    edit,
    show: (name, message) => edit(keyOf(name), message),
    whisper(message) {
      whispers += 1;
      return outbox.put({ key: keyOf(`whisper-${whispers}`), to: whispered, message: worded(message) });
    },
  };
}
