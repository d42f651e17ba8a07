import { parseArgs } from 'node:util';

/** The words after `npm run sandbox --` could not be understood. */
export class UsageError extends Error {
  override name = 'UsageError';
}

export const COMMANDS = ['say', 'mention', 'click', 'submit', 'messages'] as const;
export type Command = (typeof COMMANDS)[number];

/** What somebody asked for on the command line. */
export interface Invocation {
  /** `undefined`: start the sandbox and leave it running. */
  readonly command: Command | undefined;
  /** The rest of the words: a text, an action, or `FIELD=VALUE`. */
  readonly words: readonly string[];
  readonly as: string;
  readonly channel: string | undefined;
  readonly url: string | undefined;
  readonly settleMs: number;
  readonly timeoutMs: number;
  readonly thread: string | undefined;
  readonly ts: string | undefined;
  readonly view: string | undefined;
  readonly isHome: boolean;
  readonly isJson: boolean;
  readonly port: number | undefined;
  readonly transport: 'socket' | 'http';
  readonly directory: string | undefined;
  readonly isHelp: boolean;
}

const OPTIONS = {
  as: { type: 'string', default: 'alice' },
  in: { type: 'string' },
  url: { type: 'string' },
  settle: { type: 'string', default: '2s' },
  timeout: { type: 'string', default: '60s' },
  thread: { type: 'string' },
  ts: { type: 'string' },
  view: { type: 'string' },
  home: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  port: { type: 'string' },
  http: { type: 'boolean', default: false },
  directory: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** @throws {UsageError} that says what is wrong. */
export function readInvocation(args: readonly string[]): Invocation {
  const { values, positionals } = parse(args);
  const [name, ...words] = positionals;
  const invocation: Invocation = {
    command: readCommand(name),
    words,
    as: values.as,
    channel: values.in,
    url: values.url?.replace(/\/$/, ''),
    settleMs: readTime('--settle', values.settle),
    timeoutMs: readTime('--timeout', values.timeout),
    thread: values.thread,
    ts: values.ts,
    view: values.view,
    isHome: values.home,
    isJson: values.json,
    port: readPort(values.port),
    transport: values.http ? 'http' : 'socket',
    directory: values.directory,
    isHelp: values.help,
  };
  if (!invocation.isHelp) {
    checkWhole(invocation);
  }
  return invocation;
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function readCommand(name: string | undefined): Command | undefined {
  const command = COMMANDS.find((one) => one === name);
  if (name !== undefined && command === undefined) {
    throw new UsageError(`There is no command "${name}". There are: ${COMMANDS.join(', ')}.`);
  }
  return command;
}

interface Needs {
  readonly channel: boolean;
  /** What the words after the command are called. */
  readonly words?: string;
  /** A sandbox that is just started has no messages yet. */
  readonly running: boolean;
}

const NEEDS: Readonly<Record<Command, Needs>> = {
  say: { channel: true, words: 'a TEXT', running: false },
  mention: { channel: true, words: 'a TEXT', running: false },
  click: { channel: true, words: 'an ACTION', running: true },
  submit: { channel: false, running: true },
  messages: { channel: true, running: true },
};

/** Each command has what it cannot do without. */
function checkWhole({ command, words, channel, view, isHome, url }: Invocation): void {
  if (command === undefined) {
    return;
  }
  const needs = NEEDS[command];
  const isElsewhere = isHome || view !== undefined;
  if (needs.channel && channel === undefined && !isElsewhere) {
    throw new UsageError(`${command} needs --in CHANNEL.`);
  }
  if (needs.words !== undefined && words.length === 0) {
    throw new UsageError(`${command} needs ${needs.words}.`);
  }
  if (needs.running && url === undefined) {
    throw new UsageError(`${command} needs --url of a running sandbox: a new one has no messages yet.`);
  }
}

const TIME_UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 };

function readTime(option: string, text: string): number {
  const { amount, unit } = /^(?<amount>\d+(?:\.\d+)?)(?<unit>ms|s|m)$/.exec(text)?.groups ?? {};
  if (amount === undefined || unit === undefined) {
    throw new UsageError(`${option} takes a time such as 5s or 800ms, not "${text}".`);
  }
  return Number(amount) * (TIME_UNITS[unit] ?? 1);
}

function readPort(text: string | undefined): number | undefined {
  if (text !== undefined && !/^\d{1,5}$/.test(text)) {
    throw new UsageError(`--port takes a number, not "${text}".`);
  }
  return text === undefined ? undefined : Number(text);
}
