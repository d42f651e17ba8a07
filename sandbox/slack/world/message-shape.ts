import type { Json, StoredMessage, StoredView, User } from './model.ts';
import { fileShape } from './shapes.ts';
import type { World } from './world.ts';

/** A message as `conversations.history` and `block_actions` show it to the app. */
export function messageShape(world: World, message: StoredMessage, baseUrl: string): Json {
  const { text, user, ts, threadTs, subtype, metadata, editedTs } = message;
  const replies = world.messages.filter((one) => one.channel === message.channel && one.threadTs === ts);
  return {
    type: 'message',
    ...(subtype === undefined ? {} : { subtype }),
    user,
    ts,
    text,
    team: world.users.get(user)?.teamId,
    ...(user === world.bot.userId ? botFields(world) : {}),
    ...(message.blocks.length > 0 ? { blocks: message.blocks } : {}),
    ...(message.attachments.length > 0 ? { attachments: message.attachments } : {}),
    ...(metadata === undefined ? {} : { metadata }),
    ...(threadTs === undefined ? {} : { thread_ts: threadTs, parent_user_id: parentOf(world, message)?.user }),
    ...(replies.length > 0 ? { thread_ts: ts, reply_count: replies.length, latest_reply: replies.at(-1)?.ts } : {}),
    ...(editedTs === undefined ? {} : { edited: { user, ts: editedTs } }),
    ...(message.files.length > 0 ? { files: filesOf(world, message, baseUrl) } : {}),
    ...(message.reactions.length > 0 ? { reactions: reactionsOf(message) } : {}),
  };
}

function botFields(world: World): Json {
  const { botId, appId, name } = world.bot;
  return {
    bot_id: botId,
    app_id: appId,
    bot_profile: { id: botId, deleted: false, name, updated: 1_700_000_000, app_id: appId, team_id: world.home.id },
  };
}

function parentOf(world: World, message: StoredMessage): StoredMessage | undefined {
  return world.messages.find(({ channel, ts }) => channel === message.channel && ts === message.threadTs);
}

/** Files of another company's people come as a hint: the app has to ask `files.info`. */
function filesOf(world: World, message: StoredMessage, baseUrl: string): Json[] {
  return message.files.flatMap((id): Json[] => {
    const file = world.files.get(id);
    if (file === undefined) {
      return [];
    }
    const isOurs = world.users.get(file.userId)?.teamId === world.home.id;
    return [isOurs ? fileShape(world, file, baseUrl) : { id, mode: 'file_access', file_access: 'check_file_info' }];
  });
}

function reactionsOf(message: StoredMessage): Json[] {
  return message.reactions.map(({ name, users }) => ({ name, users, count: users.length }));
}

/** A view without its state, as `views.open` answers. */
export function viewShape(world: World, view: StoredView, owner: User | undefined): Json {
  const { type, title, submit, close, blocks, private_metadata, callback_id, external_id } = view.definition;
  const { clear_on_close, notify_on_close } = view.definition;
  return {
    id: view.id,
    team_id: owner?.teamId ?? world.home.id,
    app_id: world.bot.appId,
    app_installed_team_id: world.home.id,
    bot_id: world.bot.botId,
    type,
    title: title ?? { type: 'plain_text', text: 'View Title', emoji: true },
    submit: submit ?? null,
    close: close ?? null,
    blocks,
    private_metadata: private_metadata ?? '',
    callback_id: callback_id ?? '',
    external_id: external_id ?? '',
    state: { values: {} },
    hash: view.hash,
    clear_on_close: clear_on_close ?? false,
    notify_on_close: notify_on_close ?? false,
    root_view_id: view.rootViewId,
    previous_view_id: view.previousViewId ?? null,
  };
}
