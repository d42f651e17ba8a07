import { setTimeout as delay } from 'node:timers/promises';
import type { SeenMessage } from '../../sandbox/slack/http/person-view.ts';
import type { Surroundings } from './bot-world.ts';
import { until } from './until.ts';

/** A message of the bot, as the asker sees it. */
export interface Said {
  readonly ts: string;
  /** For notifications. */
  readonly text: string;
  /** Everything that its blocks show, one text a line, without the marks for code and bold. */
  readonly words: string;
  /** The cells of its table, the header first; empty without a table. */
  readonly table: readonly (readonly string[])[];
  readonly isWhisper: boolean;
  readonly isEdited: boolean;
}

/**
 * Says something to the bot and waits until it has said its last word. What was under way before may go on.
 * @returns the bot's messages that are new or changed in that channel, as this person sees them.
 */
export async function ask(
  world: Surroundings,
  [as, channel]: readonly [string, string],
  text: string,
): Promise<readonly Said[]> {
  const before = new Set(seen(world, as, channel).map((said) => JSON.stringify(said)));
  const underWay = await unfinishedInteractions(world);
  await world.human.say(as, channel, text);
  await quiet(world, underWay);
  return seen(world, as, channel).filter((said) => !before.has(JSON.stringify(said)));
}

/** The same for what has one answer. @throws when there are more or none. */
export async function answer(world: Surroundings, at: readonly [string, string], text: string): Promise<Said> {
  const [only, ...others] = await ask(world, at, text);
  if (only === undefined || others.length > 0) {
    throw new Error(`${others.length + (only ? 1 : 0)} answers to "${text}" of ${at.join(' in ')}, not one`);
  }
  return only;
}

/**
 * The same for what is said to the asker alone, while cards and alerts go on changing.
 * @returns the last of it. @throws when nothing was.
 */
export async function told(world: Surroundings, at: readonly [string, string], text: string): Promise<Said> {
  const whisper = (await ask(world, at, text)).findLast(({ isWhisper }) => isWhisper);
  if (whisper === undefined) {
    throw new Error(`No answer to "${text}" for the eyes of ${at.join(' in ')} alone`);
  }
  return whisper;
}

/** Everything that the bot has said in a channel, as this person sees it; replies in threads too. */
export function seen({ slack }: Pick<Surroundings, 'slack'>, as: string, channel: string): readonly Said[] {
  const { messages } = slack.seenBy(as, channel);
  return messages
    .flatMap((message) => [message, ...message.replies])
    .filter(isOfBot)
    .map(toSaid);
}

/** The cells of a host in the table of an answer; empty when it has none. */
export function rowOf({ table }: Said, host: string): readonly string[] {
  return table.find(([cell]) => cell?.endsWith(` ${host}`)) ?? [];
}

/** The first cells of the table's rows, `✅ apim-1`. */
export function hostsOf({ table }: Said): readonly (string | undefined)[] {
  return table.slice(1).map(([host]) => host);
}

/** The Home tab as this person has it, without the marks for code and bold. */
export function shownHome({ slack }: Pick<Surroundings, 'slack'>, as: string): string {
  return withoutMarks(JSON.stringify(slack.seenBy(as).home?.view ?? {}));
}

const LOOK_EVERY_MS = 40;

/**
 * Resolves when the bot has finished what it accepted and Slack shows what it shall.
 * @param except ids of interactions that are not waited for.
 */
export async function quiet(world: Pick<Surroundings, 'database'>, except: readonly string[] = []): Promise<void> {
  const isQuiet = async (): Promise<boolean> => {
    // Each look costs the database something that other test files need.
    await delay(LOOK_EVERY_MS);
    const unfinished = [...(await unfinishedInteractions(world)), ...(await unsentMessages(world))];
    return unfinished.every((id) => except.some((known) => id.endsWith(known)));
  };
  await until('the bot to have answered everything', isQuiet, 25_000);
}

async function unfinishedInteractions({ database }: Pick<Surroundings, 'database'>): Promise<readonly string[]> {
  const { rows } = await database.query<{ id: string }>('select id from inbox where finished_at is null');
  return rows.map(({ id }) => id);
}

/** Their keys, which end with the id of the interaction. */
async function unsentMessages({ database }: Pick<Surroundings, 'database'>): Promise<readonly string[]> {
  const unsent = 'select key from outbox where wanted_version > sent_version and failed_at is null';
  const { rows } = await database.query<{ key: string }>(unsent);
  return rows.map(({ key }) => key);
}

function isOfBot({ author }: SeenMessage): boolean {
  return author.isBot && author.handle === 'msops';
}

function toSaid({ ts, text, blocks, isEphemeral, isEdited }: SeenMessage): Said {
  const table = blocks.find(({ type }) => type === 'table') as { rows?: { text?: string }[][] } | undefined;
  return {
    ts,
    text,
    words: withoutMarks(textsIn(blocks).join('\n')),
    table: (table?.rows ?? []).map((row) => row.map((cell) => cell.text ?? '')),
    isWhisper: isEphemeral,
    isEdited,
  };
}

function withoutMarks(text: string): string {
  return text.replaceAll(/[`*]/g, '');
}

/** Every string under a key `text`, in order. */
function textsIn(value: unknown, key = ''): readonly string[] {
  if (typeof value === 'string') {
    return key === 'text' ? [value] : [];
  }
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, inner]) => textsIn(inner, name))
    : [];
}
