import type { Channel, Json, User } from '../world/model.ts';
import type { World } from '../world/world.ts';

/** What a method sees of the call and of this Slack. */
export interface ApiContext {
  readonly world: World;
  readonly scopes: ReadonlySet<string>;
  /** Where this Slack listens: `http://127.0.0.1:4800`. */
  readonly baseUrl: string;
  /** One-use address of a Socket Mode connection. */
  openSocket(): string;
}

export interface ApiMethod {
  /** Which token it takes; `none` takes any and also no token. */
  readonly token: 'bot' | 'app' | 'none';
  /** One of these scopes is enough; none are needed when empty. */
  readonly scopes: readonly string[];
  /** Whether people see something change. */
  readonly writes: boolean;
  /** @throws SlackApiError as the answer `{ok:false}` */
  run(args: Json, context: ApiContext): Json;
}

export type ApiMethods = Readonly<Record<string, ApiMethod>>;

/** An answer `{ok:false,error}`. */
export class SlackApiError extends Error {
  override name = 'SlackApiError';
  readonly code: string;
  readonly details: Json;

  constructor(code: string, details: Json = {}) {
    super(code);
    this.code = code;
    this.details = details;
  }
}

/** A method of the bot token. */
export function botMethod(scopes: readonly string[], run: ApiMethod['run'], writes = false): ApiMethod {
  return { token: 'bot', scopes, writes, run };
}

/** A method of the bot token that people see the effect of. */
export function writeMethod(scopes: readonly string[], run: ApiMethod['run']): ApiMethod {
  return botMethod(scopes, run, true);
}

export function missingScope(context: Pick<ApiContext, 'scopes'>, needed: readonly string[]): SlackApiError {
  return new SlackApiError('missing_scope', { needed: needed.join(','), provided: [...context.scopes].join(',') });
}

const READ_SCOPES = { public: 'channels:read', private: 'groups:read', im: 'im:read' } as const;

export function readScope(channel: Pick<Channel, 'kind'>): string {
  return READ_SCOPES[channel.kind];
}

/** The channel when the app may know of it: a private one only as a member. */
export function requireChannel({ world }: Pick<ApiContext, 'world'>, id: unknown): Channel {
  const channel = world.channels.get(String(id));
  if (channel === undefined || (channel.kind !== 'public' && !channel.members.has(world.bot.userId))) {
    throw new SlackApiError('channel_not_found');
  }
  return channel;
}

export function requireUser({ world }: Pick<ApiContext, 'world'>, id: unknown): User {
  const user = world.users.get(String(id));
  if (user === undefined) {
    throw new SlackApiError('user_not_found');
  }
  return user;
}

/** One page of a list by Slack's cursor, which is the number of the next item in base64. */
export function page(items: readonly Json[], args: Json): { items: Json[]; response_metadata: Json } {
  const limit = Math.min(Math.max(Number(args.limit ?? 100) || 100, 1), 1000);
  const start = args.cursor ? Number(Buffer.from(String(args.cursor), 'base64').toString()) : 0;
  if (Number.isNaN(start)) {
    throw new SlackApiError('invalid_cursor');
  }
  const end = start + limit;
  const next_cursor = end < items.length ? Buffer.from(String(end)).toString('base64') : '';
  return { items: items.slice(start, end), response_metadata: { next_cursor } };
}

/** Slack's clients send booleans as words. */
export function isTrue(value: unknown): boolean {
  return value === true || value === 'true' || value === '1' || value === 1;
}
