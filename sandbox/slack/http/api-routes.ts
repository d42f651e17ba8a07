import type { Activity } from '../activity.ts';
import { isObject } from '../blocks/interactive.ts';
import { takeResponseUrl } from '../web-api/response-url.ts';
import type { WebApi } from '../web-api/web-api.ts';
import type { Json } from '../world/model.ts';
import type { World } from '../world/world.ts';
import { type Exchange, parseJson, readBody, readForm, readJson, sendJson, sendText } from './exchange.ts';

export interface ApiRouteDeps {
  readonly world: World;
  readonly webApi: WebApi;
  readonly activity: Activity;
  readonly botToken: string;
}

/** What the app calls: methods, response URLs, uploads and downloads. Returns false when the path is none of these. */
export async function serveApi(deps: ApiRouteDeps, exchange: Exchange): Promise<boolean> {
  const [kind, name = ''] = exchange.path;
  switch (kind) {
    case 'api':
      await callMethod(deps, exchange, name);
      return true;
    case 'response':
      await answerHook(deps, exchange, name);
      return true;
    case 'upload':
      await receiveFile(deps, exchange, name);
      return true;
    case 'files-pri':
      sendFile(deps, exchange, name);
      return true;
    default:
      return false;
  }
}

async function callMethod({ webApi }: ApiRouteDeps, exchange: Exchange, method: string): Promise<void> {
  const args = await readArguments(exchange);
  const token = bearerOf(exchange) ?? (args.token === undefined ? undefined : String(args.token));
  const { token: _, ...rest } = args;
  const answer = await webApi.call({ method, args: rest, token });
  if (answer.isLost) {
    exchange.response.destroy();
    return;
  }
  sendJson(exchange, answer.body, answer);
}

function bearerOf({ request }: Exchange): string | undefined {
  return /^Bearer (?<token>.+)$/.exec(request.headers.authorization ?? '')?.groups?.token;
}

/** From the query and from the body: form, multipart or JSON. In forms, nested values come as JSON. */
async function readArguments(exchange: Exchange): Promise<Json> {
  const type = exchange.request.headers['content-type'] ?? '';
  const body = await readBody(exchange);
  if (type.startsWith('application/json')) {
    const json = parseJson(body.toString());
    return isObject(json) ? json : {};
  }
  const fields = type.startsWith('multipart/')
    ? await readForm(body, type)
    : new Map(new URLSearchParams(body.toString()).entries());
  const all = [...exchange.url.searchParams.entries(), ...fields.entries()];
  return Object.fromEntries(all.map(([name, value]) => [name, unnest(String(value))]));
}

function unnest(value: string): unknown {
  return /^\s*[[{]/.test(value) ? (parseJson(value) ?? value) : value;
}

async function answerHook({ world, activity }: ApiRouteDeps, exchange: Exchange, id: string): Promise<void> {
  const body = await readJson(exchange);
  const answer = takeResponseUrl({ world, activity }, id, body);
  sendText(exchange, answer.body, answer.status);
}

async function receiveFile({ world }: ApiRouteDeps, exchange: Exchange, id: string): Promise<void> {
  const file = world.files.get(id);
  if (file === undefined) {
    sendText(exchange, 'file_not_found', 404);
    return;
  }
  const type = exchange.request.headers['content-type'] ?? '';
  const body = await readBody(exchange);
  const content = type.startsWith('multipart/') ? [...(await readForm(body, type)).values()][0] : body;
  file.content = Buffer.from(content ?? '');
  sendText(exchange, `OK - ${file.content.length}`);
}

/** With the bot's token, or for the page that this server itself shows; else Slack sends to its login page. */
function sendFile({ world, botToken }: ApiRouteDeps, exchange: Exchange, name: string): void {
  const file = world.files.get(name.split('-').at(-1) ?? '');
  const isPage = exchange.request.headers['sec-fetch-site'] === 'same-origin';
  if (bearerOf(exchange) !== botToken && !isPage) {
    exchange.response.writeHead(302, { location: `/?redir=${encodeURIComponent(exchange.url.pathname)}` }).end();
    return;
  }
  if (file?.content === undefined) {
    sendText(exchange, 'file_not_found', 404);
    return;
  }
  // A file is content that anybody may have sent: never run as a page of ours.
  const headers = {
    'content-type': file.mimetype,
    'content-security-policy': 'sandbox',
    'x-content-type-options': 'nosniff',
  };
  exchange.response.writeHead(200, headers).end(file.content);
}
