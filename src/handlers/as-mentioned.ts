import type { Message } from '../domain/message.ts';
import { COMMAND } from './catalog.ts';

/** How those write to the bot who cannot type its command. */
const MENTION = '@msops';

/** The message with `@msops …` where it says `/msops …`: people of another workspace have no slash command. */
export function asMentioned({ text, blocks }: Message): Message {
  return {
    text: reworded(text),
    ...(blocks === undefined ? {} : { blocks: blocks.map((block) => rewordTexts(block)) }),
  };
}

function reworded(text: string): string {
  return text.replaceAll(COMMAND, MENTION);
}

/** In every `text`, however deep; what a button remembers stays as it is. */
function rewordTexts<T>(part: T): T {
  if (Array.isArray(part)) {
    return part.map(rewordTexts) as T;
  }
  if (typeof part !== 'object' || part === null) {
    return part;
  }
  const entries = Object.entries(part).map(([name, value]) =>
    name === 'text' && typeof value === 'string' ? [name, reworded(value)] : [name, rewordTexts(value)],
  );
  return Object.fromEntries(entries) as T;
}
