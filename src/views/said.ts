import type { Message } from '../domain/message.ts';
import { section } from './blocks.ts';

/** A message of one section. */
export function said(text: string): Message {
  return { text, blocks: [section(text)] };
}
