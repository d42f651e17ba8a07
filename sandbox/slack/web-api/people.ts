import type { Json } from '../world/model.ts';
import { userShape } from '../world/shapes.ts';
import { type ApiContext, type ApiMethods, botMethod, page, requireUser, SlackApiError } from './api-method.ts';

/** `users.*`, `usergroups.*`, `team.info`, `bots.info`. */
export const PEOPLE_METHODS: ApiMethods = {
  'users.info': botMethod(['users:read'], (args, context) => ({
    user: userShape(context.world, requireUser(context, args.user), sight(context)),
  })),
  'users.list': botMethod(['users:read'], list),
  'users.lookupByEmail': botMethod(['users:read.email'], lookupByEmail),
  'usergroups.list': botMethod(['usergroups:read'], () => ({ usergroups: [] })),
  'usergroups.users.list': botMethod(['usergroups:read'], () => {
    throw new SlackApiError('no_such_subteam');
  }),
  'team.info': botMethod(['team:read'], teamInfo),
  'bots.info': botMethod(['users:read'], botInfo),
};

function sight({ scopes }: ApiContext): { canSeeEmail: boolean } {
  return { canSeeEmail: scopes.has('users:read.email') };
}

/** Only people of the home team and those who share a channel with it, as Slack lists them. */
function list(args: Json, context: ApiContext): Json {
  const users = [...context.world.users.values()].map((user) => userShape(context.world, user, sight(context)));
  const { items, response_metadata } = page(
    users.filter(({ is_stranger }) => is_stranger !== true),
    args,
  );
  return { members: items, cache_ts: Math.floor(Date.now() / 1000), response_metadata };
}

function lookupByEmail(args: Json, { world }: ApiContext): Json {
  const handle = String(args.email).replace(`@${world.home.domain}.example`, '');
  const user = [...world.users.values()].find((one) => one.handle === handle && one.teamId === world.home.id);
  if (user === undefined || user.isBot) {
    throw new SlackApiError('users_not_found');
  }
  return { user: userShape(world, user, { canSeeEmail: true }) };
}

function teamInfo(args: Json, { world }: ApiContext): Json {
  const team = world.teams.get(String(args.team ?? world.home.id));
  const isKnown = team !== undefined && (team.id === world.home.id || isConnected(team.id));
  if (!isKnown) {
    throw new SlackApiError('team_not_found');
  }
  const { id, name, domain } = team;
  return {
    team: { id, name, domain, email_domain: '', icon: { image_default: true }, url: `https://${domain}.slack.com/` },
  };

  function isConnected(teamId: string): boolean {
    return [...world.channels.values()].some(({ sharedWith }) => sharedWith.has(teamId));
  }
}

function botInfo(args: Json, { world }: ApiContext): Json {
  const { botId, appId, userId, name } = world.bot;
  if (args.bot !== undefined && args.bot !== botId) {
    throw new SlackApiError('bot_not_found');
  }
  return {
    bot: { id: botId, deleted: false, name, updated: 1_700_000_000, app_id: appId, user_id: userId, icons: {} },
  };
}
