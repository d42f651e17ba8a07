import type { TableBlock } from '@slack/types';
import type { Message } from '../../../src/domain/message.ts';
import { textsOf } from './texts-of.ts';

export function wordsOf({ blocks }: Pick<Message, 'blocks'>): string {
  return textsOf(blocks).join('\n');
}

/** `action id=value` of each button. */
export function buttonsOf({ blocks }: Pick<Message, 'blocks'>): readonly string[] {
  return [...JSON.stringify(blocks).matchAll(/"action_id":"([^"]+)","value":"([^"]+)"/g)].map(
    ([, id, value]) => `${id}=${value}`,
  );
}

export function rowsOf({ blocks }: Message): readonly (readonly string[])[] {
  const block = blocks?.find((candidate): candidate is TableBlock => candidate.type === 'table');
  return block?.rows.map((row) => row.map((cell) => ('text' in cell ? String(cell.text) : ''))) ?? [];
}
