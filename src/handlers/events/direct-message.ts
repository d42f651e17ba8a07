import { askerOfMessage, type Installation, type MessageEvent } from '../asker.ts';
import { COMMAND } from '../catalog.ts';
import type { CommandLine } from '../run-command-line.ts';

/** Many call the bot by its name here too; Slack sends no mention then. */
const OWN_NAME = /^\s*<@[A-Z0-9]+(?:\|[^>]*)?>/;

/** A direct message to the bot is a command line; edits, joins and the bot's own messages are not. */
export function directMessageLine(
  event: MessageEvent,
  installation: Installation = {},
): Omit<CommandLine, 'requestId'> | undefined {
  if (event.channel_type !== 'im' || event.bot_id !== undefined || event.subtype !== undefined) {
    return undefined;
  }
  const text = (event.text ?? '').replace(OWN_NAME, '').trim();
  return {
    text: text.startsWith(COMMAND) ? text.slice(COMMAND.length) : text,
    asker: askerOfMessage(event, installation),
  };
}
