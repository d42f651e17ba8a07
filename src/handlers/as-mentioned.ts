import { mapTexts } from '../domain/map-texts.ts';
import type { Message } from '../domain/message.ts';
import { MENTION_WORD } from '../views/command-word.ts';
import { COMMAND } from './catalog.ts';

/** The message with `@msops …` where it says `/msops …`: people of another workspace have no slash command. */
export function asMentioned(message: Message): Message {
  return mapTexts(message, (text) => text.replaceAll(COMMAND, MENTION_WORD));
}
