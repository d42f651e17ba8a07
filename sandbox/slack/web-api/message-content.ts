import { SLACK_LIMITS } from '../../../src/views/slack-limits.ts';
import { checkBlocks, hasTwoTables } from '../blocks/check-blocks.ts';
import { isObject, objects } from '../blocks/interactive.ts';
import type { Violation } from '../blocks/rules.ts';
import type { Json } from '../world/model.ts';
import { SlackApiError } from './api-method.ts';

export interface MessageContent {
  readonly text: string | undefined;
  readonly blocks: Json[] | undefined;
  readonly attachments: Json[] | undefined;
  readonly metadata: Json | undefined;
}

/**
 * What a call wants a message to show, checked as Slack does.
 * @throws SlackApiError `invalid_blocks`, `invalid_blocks_format`, `no_text`, …
 */
export function readMessageContent(args: Json): MessageContent {
  const blocks = readBlocks(args.blocks);
  const attachments = Array.isArray(args.attachments) ? objects(args.attachments) : undefined;
  if (attachments !== undefined && attachments.length > SLACK_LIMITS.message.attachments) {
    throw new SlackApiError('too_many_attachments');
  }
  // Longer text is cut, not refused.
  const text = args.text === undefined ? undefined : String(args.text).slice(0, SLACK_LIMITS.message.text);
  if (!text && !blocks?.length && !attachments?.length) {
    throw new SlackApiError('no_text');
  }
  return { text, blocks, attachments, metadata: readMetadata(args.metadata) };
}

function readBlocks(value: unknown): Json[] | undefined {
  if (value === undefined || value === null || value === '') {
    return undefined;
  }
  if (!Array.isArray(value)) {
    throw new SlackApiError('invalid_blocks_format');
  }
  if (hasTwoTables(value)) {
    throw new SlackApiError('only_one_table_allowed');
  }
  const violations = checkBlocks(value, 'message');
  if (violations.length > 0) {
    throw new SlackApiError('invalid_blocks', describeViolations(violations));
  }
  return objects(value);
}

function readMetadata(value: unknown): Json | undefined {
  if (value === undefined) {
    return undefined;
  }
  if (!isObject(value) || typeof value.event_type !== 'string' || !isObject(value.event_payload)) {
    throw new SlackApiError('invalid_metadata_format');
  }
  return value;
}

/** As Slack lists what is wrong with blocks: in `errors` and, with the prefix, in `response_metadata.messages`. */
export function describeViolations(violations: readonly Violation[]): Json {
  const sentences = violations.map(({ message, pointer }) => `${message} [json-pointer:${pointer}]`);
  return { errors: sentences, response_metadata: { messages: sentences.map((sentence) => `[ERROR] ${sentence}`) } };
}
