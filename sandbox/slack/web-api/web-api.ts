import type { Activity } from '../activity.ts';
import type { Fault, Json } from '../world/model.ts';
import type { World } from '../world/world.ts';
import { type ApiContext, type ApiMethod, type ApiMethods, missingScope, SlackApiError } from './api-method.ts';
import { CHAT_METHODS } from './chat.ts';
import { CONVERSATION_METHODS } from './conversations.ts';
import { takeFault } from './faults.ts';
import { FILE_METHODS } from './files.ts';
import { PEOPLE_METHODS } from './people.ts';
import type { PostPacer } from './post-limit.ts';
import { REACTION_METHODS } from './reactions.ts';
import { SESSION_METHODS } from './session.ts';
import { checkSlackFiles } from './slack-files.ts';
import { VIEW_METHODS } from './views.ts';

const METHODS: ApiMethods = {
  ...SESSION_METHODS,
  ...CHAT_METHODS,
  ...CONVERSATION_METHODS,
  ...PEOPLE_METHODS,
  ...FILE_METHODS,
  ...REACTION_METHODS,
  ...VIEW_METHODS,
};

const KEPT_CALLS = 5000;

export interface ApiCall {
  readonly method: string;
  readonly args: Json;
  readonly token: string | undefined;
}

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json;
  /** The connection is to be cut instead of answering. */
  readonly isLost: boolean;
}

export interface WebApi {
  call(call: ApiCall): Promise<ApiAnswer>;
}

export interface WebApiDeps {
  readonly world: World;
  readonly tokens: { readonly bot: string; readonly app: string };
  readonly context: ApiContext;
  readonly pacer: PostPacer;
  readonly activity: Activity;
}

/** The Web API: token, scope, ordered failures and posting limit come before every method, in this order. */
export function createWebApi(deps: WebApiDeps): WebApi {
  const { world, activity } = deps;
  return {
    async call(call) {
      const done = METHODS[call.method]?.writes ? activity.begin() : () => {};
      const answer = await answerCall(deps, call);
      record(world, call, answer);
      done();
      return answer;
    },
  };
}

async function answerCall(deps: WebApiDeps, call: ApiCall): Promise<ApiAnswer> {
  try {
    const method = authorize(deps, call);
    const fault = takeFault(deps.world.faults, { method: call.method, channel: call.args.channel });
    return (await faultAnswer(fault)) ?? limitAnswer(deps, call) ?? runMethod(deps, { ...call, spec: method, fault });
  } catch (error) {
    return refusal(error);
  }
}

function runMethod(deps: WebApiDeps, call: ApiCall & { spec: ApiMethod; fault: Fault | undefined }): ApiAnswer {
  checkSlackFiles(call.args, deps.world);
  const body = { ok: true, ...call.spec.run(call.args, deps.context) };
  return { ...answer(200, body), isLost: call.fault?.loseAnswer === true };
}

function authorize({ tokens, context }: WebApiDeps, { method: name, token }: ApiCall): ApiMethod {
  const method = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
  if (method === undefined) {
    throw new SlackApiError('unknown_method', { req_method: name });
  }
  if (method.token === 'none') {
    return method;
  }
  if (token === undefined || token === '') {
    throw new SlackApiError('not_authed');
  }
  if (token !== tokens.bot && token !== tokens.app) {
    throw new SlackApiError('invalid_auth');
  }
  if (token !== tokens[method.token]) {
    throw new SlackApiError('not_allowed_token_type');
  }
  if (method.scopes.length > 0 && !method.scopes.some((scope) => context.scopes.has(scope))) {
    throw missingScope(context, method.scopes);
  }
  return method;
}

async function faultAnswer(fault: Fault | undefined): Promise<ApiAnswer | undefined> {
  if (fault === undefined) {
    return undefined;
  }
  await new Promise((resolve) => setTimeout(resolve, fault.delayMs ?? 0));
  if (fault.status === 429) {
    return rateLimited(fault.retryAfter ?? 1);
  }
  if (fault.error !== undefined) {
    throw new SlackApiError(fault.error);
  }
  return fault.status === undefined ? undefined : answer(fault.status, { ok: false, error: 'internal_error' });
}

function limitAnswer({ pacer }: WebApiDeps, { method, args }: ApiCall): ApiAnswer | undefined {
  const wait = method === 'chat.postMessage' ? pacer.take(String(args.channel)) : 0;
  return wait > 0 ? rateLimited(wait) : undefined;
}

function rateLimited(seconds: number): ApiAnswer {
  return answer(429, { ok: false, error: 'ratelimited' }, { 'retry-after': String(seconds) });
}

/** A mistake of this Slack is its own: it says so and the process lives on. */
function refusal(error: unknown): ApiAnswer {
  if (error instanceof SlackApiError) {
    return answer(200, { ok: false, error: error.code, ...error.details });
  }
  return answer(500, { ok: false, error: 'internal_error', detail: String(error) });
}

function answer(status: number, body: Json, headers: Record<string, string> = {}): ApiAnswer {
  return { status, body, headers, isLost: false };
}

function record(world: World, { method, args }: ApiCall, { status, body, isLost }: ApiAnswer): void {
  const error = typeof body.error === 'string' ? body.error : undefined;
  world.calls.push({ method, args, at: Date.now(), status: isLost ? 0 : status, ok: body.ok === true, error });
  world.calls.splice(0, world.calls.length - KEPT_CALLS);
}
