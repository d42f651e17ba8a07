import type { Activity } from '../activity.ts';
import type { Answer } from '../blocks/form-values.ts';
import { isObject } from '../blocks/interactive.ts';
import type { Human } from '../human/human.ts';
import type { Where } from '../human/interaction.ts';
import type { Answers } from '../human/modal.ts';
import type { Outcome } from '../human/outcome.ts';
import { HumanError } from '../world/find.ts';
import type { Json } from '../world/model.ts';
import type { World } from '../world/world.ts';
import { type Exchange, RequestError, readJson, sendJson } from './exchange.ts';
import { personView } from './person-view.ts';
import { streamChanges } from './stream-changes.ts';

export interface HumanRouteDeps {
  readonly world: World;
  readonly human: Human;
  readonly activity: Activity;
  readonly baseUrl: string;
}

/** What people do, by the names of `Human`. */
const ACTS: Readonly<Record<string, (human: Human, body: Json) => Promise<Outcome>>> = {
  say: (human, body) => {
    const text = word(body, 'text');
    const channel = word(body, 'channel');
    return human.say(word(body, 'as'), channel, body.threadTs ? { text, threadTs: word(body, 'threadTs') } : text);
  },
  click: (human, body) => human.click(word(body, 'as'), where(body), word(body, 'action')),
  select: (human, body) =>
    human.select(word(body, 'as'), where(body), { action: word(body, 'action'), value: answer(body.value) }),
  submit: (human, body) => human.submit(word(body, 'as'), answers(body.answers), optionalWord(body, 'view')),
  close: (human, body) =>
    human.close(word(body, 'as'), { viewId: optionalWord(body, 'view'), isAll: body.isAll === true }),
  suggest: (human, body) =>
    human.suggest(word(body, 'as'), where(body), { action: word(body, 'action'), query: String(body.query ?? '') }),
  react: (human, body) => human.react(word(body, 'as'), message(body), word(body, 'name')),
  unreact: (human, body) => human.unreact(word(body, 'as'), message(body), word(body, 'name')),
  openHome: (human, body) => human.openHome(word(body, 'as')),
  upload: (human, body) =>
    human.upload(word(body, 'as'), word(body, 'channel'), {
      name: word(body, 'name'),
      content: Buffer.from(word(body, 'contentBase64'), 'base64'),
      text: optionalWord(body, 'text'),
    }),
  leave: (human, body) => human.leave(word(body, 'as'), word(body, 'channel')),
  removeApp: (human, body) => human.removeApp(word(body, 'as'), word(body, 'channel')),
  deactivate: (human, body) => human.deactivate(word(body, 'as')),
  share: (human, body) => human.share(word(body, 'channel'), word(body, 'team')),
  unshare: (human, body) => human.unshare(word(body, 'channel'), word(body, 'team')),
};

const DEFAULT_SETTLE_MS = 500;
const DEFAULT_TIMEOUT_MS = 60_000;

/** `/sandbox/…`: what the page and the terminal use. Returns false when the path is none of these. */
export async function serveHumans(deps: HumanRouteDeps, exchange: Exchange): Promise<boolean> {
  const [area, what, name = ''] = exchange.path;
  const query = exchange.url.searchParams;
  switch (area === 'sandbox' ? what : undefined) {
    case 'act':
      await act(deps, exchange, name);
      return true;
    case 'state':
      sendJson(exchange, personView(deps, query.get('as') ?? '', query.get('channel') ?? undefined));
      return true;
    case 'events':
      streamChanges(deps.world, exchange);
      return true;
    case 'settled':
      sendJson(exchange, { settled: await settled(deps, query) });
      return true;
    default:
      return false;
  }
}

function settled({ activity }: HumanRouteDeps, query: URLSearchParams): Promise<boolean> {
  const forMs = Number(query.get('forMs') ?? DEFAULT_SETTLE_MS);
  return activity.settled(forMs, Number(query.get('timeoutMs') ?? DEFAULT_TIMEOUT_MS));
}

async function act({ human }: HumanRouteDeps, exchange: Exchange, name: string): Promise<void> {
  const run = Object.hasOwn(ACTS, name) ? ACTS[name] : undefined;
  if (run === undefined || exchange.request.method !== 'POST') {
    throw new RequestError(404, `There is no POST /sandbox/act/${name}. There are: ${Object.keys(ACTS).join(', ')}.`);
  }
  // A page of another origin can post forms here, but no JSON.
  if (!exchange.request.headers['content-type']?.startsWith('application/json')) {
    throw new RequestError(415, 'Send application/json.');
  }
  sendJson(exchange, await run(human, await readJson(exchange)));
}

function word(body: Json, name: string): string {
  const value = body[name];
  if (typeof value !== 'string' || value === '') {
    throw new HumanError(`"${name}" is missing.`);
  }
  return value;
}

function optionalWord(body: Json, name: string): string | undefined {
  return body[name] === undefined ? undefined : word(body, name);
}

function message(body: Json): { channel: string; ts: string } {
  return { channel: word(body, 'channel'), ts: word(body, 'ts') };
}

function where(body: Json): Where {
  return {
    channel: optionalWord(body, 'channel'),
    ts: optionalWord(body, 'ts'),
    view: optionalWord(body, 'view'),
    home: body.home === true,
  };
}

function answers(value: unknown): Answers {
  return Object.fromEntries(Object.entries(isObject(value) ? value : {}).map(([name, one]) => [name, answer(one)]));
}

function answer(value: unknown): Answer {
  return Array.isArray(value) ? value.map(String) : typeof value === 'number' ? value : String(value ?? '');
}
