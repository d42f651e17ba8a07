import { checkBlocks } from '../blocks/check-blocks.ts';
import { checkView } from '../blocks/check-view.ts';
import { isObject } from '../blocks/interactive.ts';
import type { Violation } from '../blocks/rules.ts';
import type { Json } from '../world/model.ts';
import { type ApiContext, type ApiMethods, botMethod, SlackApiError } from './api-method.ts';

/** `api.test`, `auth.test`, `apps.connections.open`, `blocks.validate`. */
export const SESSION_METHODS: ApiMethods = {
  'api.test': { token: 'none', scopes: [], writes: false, run: apiTest },
  'auth.test': botMethod([], authTest),
  'apps.connections.open': {
    token: 'app',
    scopes: [],
    writes: false,
    run: (_args, context) => ({ url: context.openSocket() }),
  },
  'blocks.validate': { token: 'none', scopes: [], writes: false, run: validateBlocks },
};

function apiTest(args: Json): Json {
  if (typeof args.error === 'string' && args.error !== '') {
    throw new SlackApiError(args.error, { args });
  }
  return { args };
}

function authTest(_args: Json, { world }: ApiContext): Json {
  const { home, bot } = world;
  return {
    url: `https://${home.domain}.slack.com/`,
    team: home.name,
    user: bot.name,
    team_id: home.id,
    user_id: bot.userId,
    bot_id: bot.botId,
    is_enterprise_install: false,
  };
}

/** Takes `blocks`, a `message` or a `view`. */
function validateBlocks(args: Json): Json {
  const violations = violationsIn(args);
  if (violations.length === 0) {
    return {};
  }
  throw new SlackApiError('invalid_blocks', {
    errors: violations.map(({ pointer, message }) => ({ pointer, code: 'invalid', message })),
  });
}

function violationsIn({ blocks, message, view }: Json): Violation[] {
  if (isObject(view)) {
    return checkView(view, view.type === 'home' ? 'home' : 'modal');
  }
  return isObject(message) ? checkBlocks(message.blocks, 'message', '/message/blocks') : checkBlocks(blocks, 'message');
}
