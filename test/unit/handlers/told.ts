import type { Message } from '../../../src/domain/message.ts';
import type { MessageAddress, OutgoingMessage } from '../../../src/services/notifications/ports.ts';
import { textsOf } from '../views/texts-of.ts';

export function wordsIn({ text, blocks }: Message): string {
  return [text, ...textsOf(blocks)].join('\n');
}

/** The words of every message that was put into the outbox. */
export function said({ told }: { readonly told: readonly OutgoingMessage[] }): string {
  return told.map(({ message }) => wordsIn(message)).join('\n');
}

export function whereTo(to: MessageAddress): string {
  return 'channelId' in to ? `${to.kind} ${to.channelId}` : to.kind === 'direct' ? `direct ${to.userId}` : to.kind;
}
