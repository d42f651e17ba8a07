import type { Json } from '../world/model.ts';
import { toggleReaction } from '../world/reactions.ts';
import { type ApiContext, type ApiMethods, requireChannel, SlackApiError, writeMethod } from './api-method.ts';

/** `reactions.add` and `reactions.remove`. */
export const REACTION_METHODS: ApiMethods = {
  'reactions.add': writeMethod(['reactions:write'], (args, context) => react(args, context, 'add')),
  'reactions.remove': writeMethod(['reactions:write'], (args, context) => react(args, context, 'remove')),
};

function react(args: Json, context: ApiContext, change: 'add' | 'remove'): Json {
  const { world } = context;
  const channel = requireChannel(context, args.channel);
  const name = String(args.name ?? '').replaceAll(':', '');
  if (!/^[\w+'-]+$/.test(name)) {
    throw new SlackApiError('invalid_name');
  }
  const message = world.messages.find((one) => one.channel === channel.id && one.ts === args.timestamp);
  if (message === undefined || message.visibleTo !== undefined) {
    throw new SlackApiError('message_not_found');
  }
  if (!toggleReaction(world, message, { name, userId: world.bot.userId, change })) {
    throw new SlackApiError(change === 'add' ? 'already_reacted' : 'no_reaction');
  }
  return {};
}
