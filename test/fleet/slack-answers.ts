import { expect } from 'vitest';
import type { SeenMessage } from '../../sandbox/slack/http/person-view.ts';
import type { Slack } from '../../sandbox/slack/start-slack.ts';
import { until } from '../support/until.ts';

/** What the bot ended up saying. */
export interface Answer {
  /** For notifications. */
  readonly text: string;
  /** Everything that is shown, as text without the marks of code. */
  readonly all: string;
  /** Of the table, without its heading. */
  readonly rows: readonly (readonly string[])[];
}

/** Longer than it takes a bot to edit its answer. */
const SETTLED_MS = 1_500;
const PATIENCE_MS = 60_000;
const WAITING = '⏳';

/** What alice reads in the channel after she typed the command and the bot has said its last word. */
export async function answerTo(slack: Slack, channel: string, command: string): Promise<Answer> {
  const before = new Set(messagesIn(slack, channel).map(({ ts }) => ts));
  const newest = () => messagesIn(slack, channel).findLast(({ ts, author }) => author.isBot && !before.has(ts));
  await slack.human.say('alice', channel, command);
  await until(`an answer to ${command}`, () => newest()?.text.startsWith(WAITING) === false, PATIENCE_MS);
  expect(await slack.settled(SETTLED_MS, PATIENCE_MS)).toBe(true);
  const { text, blocks } = newest()!;
  const table = blocks.find(({ type }) => type === 'table') as Table | undefined;
  const rows = table?.rows.slice(1).map((row) => row.map((cell) => cell.text)) ?? [];
  return { text, all: textsIn([text, blocks]).join('\n').replaceAll('`', ''), rows };
}

interface Table {
  readonly rows: readonly (readonly { readonly text: string }[])[];
}

function messagesIn(slack: Slack, channel: string): readonly SeenMessage[] {
  return slack.seenBy('alice', channel).messages;
}

/** Every string under any key, in order. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') {
    return [value];
  }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** One host of a status, by the headings of its table. */
export interface StatusRow {
  readonly reached: string;
  readonly memory: string;
  readonly disk: string;
  readonly heap: string;
  readonly application: string;
}

/** @throws when the answer has no row of this host */
export function rowOf({ rows }: Answer, host: string): StatusRow {
  const row = rows.find(([name]) => name?.endsWith(` ${host}`));
  expect(row, `no row of ${host}`).toHaveLength(10);
  const [, reached = '', , , memory = '', disk = '', heap = '', application = ''] = row!;
  return { reached, memory, disk, heap, application };
}
