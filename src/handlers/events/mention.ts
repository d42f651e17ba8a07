import { askerOfMessage, type Installation, type MessageEvent } from '../asker.ts';
import type { CommandLine } from '../run-command-line.ts';

/** Where the app is installed, and as which bot user. */
export interface BotInstallation extends Installation {
  readonly user_id?: string;
}

/** `@msops status prod`: people of another workspace cannot type our slash command, but they can mention the bot. */
export function mentionLine(event: MessageEvent, bot: BotInstallation): Omit<CommandLine, 'requestId'> | undefined {
  if (event.bot_id !== undefined || event.subtype !== undefined) {
    return undefined;
  }
  const [, ...afterMention] = (event.text ?? '').split(new RegExp(`<@${bot.user_id ?? '[A-Z0-9]+'}(?:\\|[^>]*)?>`));
  return { text: afterMention.join(' '), asker: askerOfMessage(event, bot) };
}
