import type { Message } from '../domain/message.ts';
import type { MessageAddress, Outbox } from '../services/notifications/ports.ts';

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
  /** Edits a message of an earlier interaction, as its button remembers it. */
  edit(key: string, message: Message): Promise<void>;
  /** The key under which `show(name)` is remembered. */
  keyOf(name: string): string;
}

export interface AnswerDeps {
  readonly outbox: Outbox;
  readonly addresses: AnswerAddresses;
  /** The interaction's id: a replay after a crash edits its own messages and posts nothing twice. */
  readonly requestId: string;
}

export function createAnswer({ outbox, addresses, requestId }: AnswerDeps): Answer {
  let whispers = 0;
  const keyOf = (name: string): string => `${name}:${requestId}`;
  return {
    keyOf,
    show: (name, message) => outbox.put({ key: keyOf(name), to: addresses.shown, message }),
    edit: (key, message) => outbox.put({ key, to: addresses.shown, message }),
    whisper(message) {
      whispers += 1;
      return outbox.put({ key: keyOf(`whisper-${whispers}`), to: addresses.whispered, message });
    },
  };
}
