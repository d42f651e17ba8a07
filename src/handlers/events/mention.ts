import { askerOfMessage, type MessageEvent } from '../asker.ts';
import type { CommandLine } from '../run-command-line.ts';

/** `@msops status prod`: people of another workspace cannot type our slash command, but they can mention the bot. */
export function mentionLine(event: MessageEvent, botUserId: string): Omit<CommandLine, 'requestId'> | undefined {
  if (event.bot_id !== undefined || event.subtype !== undefined) {
    return undefined;
  }
  const [, ...afterMention] = (event.text ?? '').split(new RegExp(`<@${botUserId}(?:\\|[^>]*)?>`));
  return { text: afterMention.join(' '), asker: askerOfMessage(event) };
}
