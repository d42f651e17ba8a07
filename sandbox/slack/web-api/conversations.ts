import { messageShape } from '../world/message-shape.ts';
import type { Channel, Json, StoredMessage } from '../world/model.ts';
import { openDirectMessage } from '../world/seed.ts';
import { channelInfoShape, channelShape } from '../world/shapes.ts';
import {
  type ApiContext,
  type ApiMethods,
  botMethod,
  missingScope,
  page,
  readScope,
  requireChannel,
  requireUser,
  SlackApiError,
  writeMethod,
} from './api-method.ts';

const READ = ['channels:read', 'groups:read', 'im:read', 'mpim:read'];
const HISTORY = ['channels:history', 'groups:history', 'im:history', 'mpim:history'];

/** `conversations.*` and `users.conversations`. */
export const CONVERSATION_METHODS: ApiMethods = {
  'conversations.list': botMethod(READ, (args, context) => listChannels(args, context, () => true)),
  'conversations.info': botMethod(READ, info),
  'conversations.members': botMethod(READ, members),
  'conversations.history': botMethod(HISTORY, history),
  'conversations.replies': botMethod(HISTORY, replies),
  'conversations.join': writeMethod(['channels:join'], join),
  'conversations.open': botMethod(['im:write', 'mpim:write'], open),
  'users.conversations': botMethod(READ, (args, context) => {
    const userId = args.user === undefined ? context.world.bot.userId : requireUser(context, args.user).id;
    return listChannels(args, context, ({ members }) => members.has(userId));
  }),
};

const KIND_OF_TYPE: Readonly<Record<string, Channel['kind']>> = {
  public_channel: 'public',
  private_channel: 'private',
  im: 'im',
};

function listChannels(args: Json, context: ApiContext, isWanted: (channel: Channel) => boolean): Json {
  const { world, scopes } = context;
  const kinds = String(args.types ?? 'public_channel')
    .split(',')
    .flatMap((type) => KIND_OF_TYPE[type.trim()] ?? []);
  const lacking = kinds.map((kind) => readScope({ kind })).filter((scope) => !scopes.has(scope));
  if (lacking.length > 0) {
    throw missingScope(context, lacking);
  }
  const channels = [...world.channels.values()].filter(
    (channel) =>
      kinds.includes(channel.kind) &&
      (channel.kind === 'public' || channel.members.has(world.bot.userId)) &&
      isWanted(channel),
  );
  const { items, response_metadata } = page(
    channels.map((channel) => channelShape(world, channel)),
    args,
  );
  return { channels: items, response_metadata };
}

function info(args: Json, context: ApiContext): Json {
  const channel = readableChannel(args, context);
  return { channel: channelInfoShape(context.world, channel) };
}

function readableChannel(args: Json, context: ApiContext): Channel {
  const channel = requireChannel(context, args.channel);
  if (!context.scopes.has(readScope(channel))) {
    throw missingScope(context, [readScope(channel)]);
  }
  return channel;
}

function members(args: Json, context: ApiContext): Json {
  const channel = readableChannel(args, context);
  const { items, response_metadata } = page(
    [...channel.members].map((id) => ({ id })),
    args,
  );
  return { members: items.map(({ id }) => id), response_metadata };
}

/** Newest first, without replies. */
function history(args: Json, context: ApiContext): Json {
  const { oldest, latest } = args;
  const messages = readMessages(args, context)
    .filter(({ threadTs }) => threadTs === undefined)
    .filter(({ ts }) => (oldest === undefined || ts > String(oldest)) && (latest === undefined || ts < String(latest)))
    .reverse();
  const { items, response_metadata } = page(shapes(messages, context), args);
  return { messages: items, has_more: response_metadata.next_cursor !== '', pin_count: 0, response_metadata };
}

/** The parent and its replies, oldest first. */
function replies(args: Json, context: ApiContext): Json {
  const root = String(args.ts);
  const thread = readMessages(args, context).filter(({ ts, threadTs }) => ts === root || threadTs === root);
  if (thread.length === 0) {
    throw new SlackApiError('thread_not_found');
  }
  const { items, response_metadata } = page(shapes(thread, context), args);
  return { messages: items, has_more: response_metadata.next_cursor !== '', response_metadata };
}

function readMessages(args: Json, context: ApiContext): StoredMessage[] {
  const channel = requireChannel(context, args.channel);
  if (!channel.members.has(context.world.bot.userId)) {
    throw new SlackApiError('not_in_channel');
  }
  return context.world.messages.filter((one) => one.channel === channel.id && one.visibleTo === undefined);
}

function shapes(messages: readonly StoredMessage[], { world, baseUrl }: ApiContext): Json[] {
  return messages.map((message) => messageShape(world, message, baseUrl));
}

function join(args: Json, context: ApiContext): Json {
  const channel = requireChannel(context, args.channel);
  if (channel.kind !== 'public') {
    throw new SlackApiError('method_not_supported_for_channel_type');
  }
  channel.members.add(context.world.bot.userId);
  context.world.changed();
  return { channel: channelShape(context.world, channel) };
}

function open(args: Json, context: ApiContext): Json {
  const users = String(args.users ?? '').split(',');
  const user = requireUser(context, users[0]);
  if (users.length > 1) {
    throw new SlackApiError('not_enough_users');
  }
  if (user.isBot || user.teamId !== context.world.home.id) {
    throw new SlackApiError('cannot_dm_bot');
  }
  return { channel: { id: openDirectMessage(context.world, user.id).id } };
}
