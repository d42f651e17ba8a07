/** What the Slack app is made of. `manifest.yml` says the same to Slack; a test compares the two. */
export const COMMAND = '/msops';

/** Bot events that have a handler in `events/`. */
export const EVENTS = [
  'app_home_opened',
  'app_mention',
  'channel_left',
  'channel_unshared',
  'group_left',
  'member_left_channel',
  'message.im',
  'user_change',
] as const;

/** Bot token scopes that the code needs, and what for. */
export const SCOPES = {
  commands: 'the slash command',
  'chat:write': 'answers and their edits',
  'users:read': 'the workspace of somebody who mentions the bot in a shared channel; accounts that are deactivated',
  'app_mentions:read': 'mentions',
  'im:history': 'direct messages to the bot',
  'channels:read': 'a shared channel is disconnected, or somebody leaves it: their access ends',
  'groups:read': 'the same in private channels',
  'files:write': 'pictures of charts',
  'files:read': 'whether Slack knows yet that such a file is a picture; a message with it is refused before',
} as const;
