import { messageShape } from '../world/message-shape.ts';
import type { Channel, Json, StoredMessage } from '../world/model.ts';
import { editMessage, postMessage, removeMessage } from '../world/post.ts';
import { openDirectMessage } from '../world/seed.ts';
import {
  type ApiContext,
  type ApiMethods,
  botMethod,
  requireChannel,
  SlackApiError,
  writeMethod,
} from './api-method.ts';
import { readMessageContent } from './message-content.ts';

const CHAT_WRITE = ['chat:write'];

/** `chat.*`. */
export const CHAT_METHODS: ApiMethods = {
  'chat.postMessage': writeMethod(CHAT_WRITE, post),
  'chat.postEphemeral': writeMethod(CHAT_WRITE, postEphemeral),
  'chat.update': writeMethod(CHAT_WRITE, update),
  'chat.delete': writeMethod(CHAT_WRITE, remove),
  'chat.getPermalink': botMethod([], permalink),
};

function post(args: Json, context: ApiContext): Json {
  const { world, baseUrl } = context;
  const content = readMessageContent(args);
  const channel = channelToPostIn(args.channel, context);
  const { attachments, metadata, text = '' } = content;
  const message = postMessage(world, {
    channel: channel.id,
    user: world.bot.userId,
    text,
    blocks: content.blocks ?? [],
    attachments: attachments ?? [],
    metadata,
    threadTs: readThread(args.thread_ts),
  });
  return { channel: channel.id, ts: message.ts, message: messageShape(world, message, baseUrl) };
}

function postEphemeral(args: Json, context: ApiContext): Json {
  const { world } = context;
  const content = readMessageContent(args);
  const channel = channelToPostIn(args.channel, context);
  const reader = String(args.user ?? '');
  if (!channel.members.has(reader)) {
    throw new SlackApiError('user_not_in_channel');
  }
  const message = postMessage(world, {
    channel: channel.id,
    user: world.bot.userId,
    text: content.text ?? '',
    blocks: content.blocks ?? [],
    attachments: content.attachments ?? [],
    threadTs: readThread(args.thread_ts),
    visibleTo: reader,
  });
  return { message_ts: message.ts };
}

function update(args: Json, context: ApiContext): Json {
  const { world, baseUrl } = context;
  const content = readMessageContent(args);
  const message = ownMessage(args, context, 'cant_update_message');
  editMessage(world, message, content);
  const { channel, ts, text } = message;
  return { channel, ts, text, message: messageShape(world, message, baseUrl) };
}

function remove(args: Json, context: ApiContext): Json {
  const message = ownMessage(args, context, 'cant_delete_message');
  removeMessage(context.world, message);
  return { channel: message.channel, ts: message.ts };
}

function permalink(args: Json, context: ApiContext): Json {
  const channel = requireChannel(context, args.channel);
  const { ts, threadTs } = findVisible(context, channel.id, String(args.message_ts));
  const { domain } = context.world.home;
  const inThread = threadTs === undefined || threadTs === ts ? '' : `?thread_ts=${threadTs}&cid=${channel.id}`;
  return {
    channel: channel.id,
    permalink: `https://${domain}.slack.com/archives/${channel.id}/p${ts.replace('.', '')}${inThread}`,
  };
}

/** By id, by name, or a person's id: then their direct message. */
function channelToPostIn(where: unknown, context: ApiContext): Channel {
  const { world, scopes } = context;
  const name = String(where ?? '').replace(/^#/, '');
  const named = [...world.channels.values()].find((one) => one.kind === 'public' && one.name === name);
  const person = world.users.get(name);
  const isOurs = person !== undefined && person.teamId === world.home.id && !person.isBot;
  const channel = named ?? (isOurs ? openDirectMessage(world, person.id) : requireChannel(context, where));
  const mayPost = channel.members.has(world.bot.userId) || scopes.has('chat:write.public');
  if (!mayPost) {
    throw new SlackApiError('not_in_channel');
  }
  return channel;
}

function readThread(value: unknown): string | undefined {
  if (value === undefined || value === '') {
    return undefined;
  }
  if (!/^\d+\.\d+$/.test(String(value))) {
    throw new SlackApiError('invalid_thread_ts');
  }
  return String(value);
}

function ownMessage(args: Json, context: ApiContext, refusal: string): StoredMessage {
  const channel = requireChannel(context, args.channel);
  const message = findVisible(context, channel.id, String(args.ts));
  if (message.user !== context.world.bot.userId) {
    throw new SlackApiError(refusal);
  }
  return message;
}

/** The Web API never finds ephemeral messages again. */
function findVisible({ world }: ApiContext, channelId: string, ts: string): StoredMessage {
  const message = world.messages.find((one) => one.channel === channelId && one.ts === ts);
  if (message === undefined || message.visibleTo !== undefined) {
    throw new SlackApiError('message_not_found');
  }
  return message;
}
