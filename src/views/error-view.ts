import type { KnownBlock } from '@slack/types';
import type { UserError } from '../domain/errors.ts';
import type { Message } from '../domain/message.ts';
import { section } from './blocks.ts';
import { code, cutMrkdwn, escapeMrkdwn } from './mrkdwn.ts';

const LONGEST_SENTENCE = 1200;
/** Marks an answer as an error, for programs that read along; people read the sentence. */
const ERROR_BLOCK = 'error';

/** A sentence and what to do next, as the error says them; its code spans stay. */
export function errorView({ message, hint }: UserError): Message {
  const sentence = cutMrkdwn(escapeMrkdwn(message), LONGEST_SENTENCE) || 'That did not work.';
  const advice = hint ? cutMrkdwn(escapeMrkdwn(hint), LONGEST_SENTENCE) : '';
  const text = advice ? `${sentence}\n${advice}` : sentence;
  return { text, blocks: errorBlocks(text) };
}

/** For what nobody foresaw: the cause is in the log, under the request id. */
export function internalErrorView(requestId: string): Message {
  const text = `Something went wrong inside msops and your request was not finished. Please try again. If it fails again, give ${code(requestId)} to whoever runs msops: its log has the cause.`;
  return { text, blocks: errorBlocks(text) };
}

function errorBlocks(text: string): readonly KnownBlock[] {
  return [{ ...section(text), block_id: ERROR_BLOCK }];
}
