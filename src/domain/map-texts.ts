import type { Message } from './message.ts';

/** The message with every text in it changed, however deep. What buttons remember stays as it is. */
export function mapTexts({ text, blocks }: Message, change: (text: string) => string): Message {
  return {
    text: change(text),
    ...(blocks === undefined ? {} : { blocks: blocks.map((block) => within(block, change)) }),
  };
}

function within<T>(part: T, change: (text: string) => string): T {
  if (Array.isArray(part)) {
    return part.map((item) => within(item, change)) as T;
  }
  if (typeof part !== 'object' || part === null) {
    return part;
  }
  const entries = Object.entries(part).map(([name, value]) => [
    name,
    name === 'text' && typeof value === 'string' ? change(value) : within(value, change),
  ]);
  return Object.fromEntries(entries) as T;
}
