import type { Channel, Json, StoredFile, User } from './model.ts';
import type { World } from './world.ts';

/** Shapes in which the Web API and the events show things to the app. */

export interface Sight {
  /** With `users:read.email`. */
  readonly canSeeEmail?: boolean;
}

export function userShape(world: World, user: User, { canSeeEmail = false }: Sight = {}): Json {
  const isHome = user.teamId === world.home.id;
  const email = canSeeEmail && isHome && !user.isBot ? { email: `${user.handle}@${world.home.domain}.example` } : {};
  return {
    id: user.id,
    team_id: user.teamId,
    name: user.handle,
    deleted: false,
    color: '4bbe2e',
    real_name: user.realName,
    tz: 'Etc/UTC',
    tz_label: 'Coordinated Universal Time',
    tz_offset: 0,
    profile: { ...profileShape(user), ...email },
    is_admin: false,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: false,
    is_ultra_restricted: false,
    is_bot: user.isBot,
    is_app_user: false,
    updated: 1_700_000_000,
    // Only for people of other companies: whether they share no channel with the app's team.
    ...(isHome ? {} : { is_stranger: !sharesChannel(world, user) }),
  };
}

export function profileShape(user: User): Json {
  return {
    title: user.title,
    real_name: user.realName,
    real_name_normalized: user.realName,
    display_name: user.handle,
    display_name_normalized: user.handle,
    team: user.teamId,
  };
}

function sharesChannel(world: World, user: User): boolean {
  return [...world.channels.values()].some(({ members, kind }) => kind !== 'im' && members.has(user.id));
}

/** As `conversations.list` shows it. */
export function channelShape(world: World, channel: Channel): Json {
  if (channel.kind === 'im') {
    return imShape(world, channel);
  }
  const isShared = channel.sharedWith.size > 0;
  const isPrivate = channel.kind === 'private';
  return {
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: true,
    is_group: false,
    is_im: false,
    is_mpim: false,
    is_private: isPrivate,
    created: channel.created,
    creator: [...channel.members][0],
    is_archived: false,
    is_general: false,
    unlinked: 0,
    is_shared: isShared,
    is_org_shared: false,
    is_ext_shared: isShared,
    is_pending_ext_shared: false,
    pending_shared: [],
    context_team_id: world.home.id,
    shared_team_ids: [world.home.id, ...channel.sharedWith],
    is_member: channel.members.has(world.bot.userId),
    num_members: channel.members.size,
    topic: { value: '', creator: '', last_set: 0 },
    purpose: { value: channel.purpose, creator: '', last_set: 0 },
  };
}

function imShape(world: World, channel: Channel): Json {
  return {
    id: channel.id,
    created: channel.created,
    is_archived: false,
    is_im: true,
    is_org_shared: false,
    context_team_id: world.home.id,
    user: [...channel.members].find((member) => member !== world.bot.userId),
    is_user_deleted: false,
    priority: 0,
  };
}

/** As `conversations.info` shows it: it alone names the connected teams. */
export function channelInfoShape(world: World, channel: Channel): Json {
  const shape = channelShape(world, channel);
  if (channel.kind === 'im') {
    return shape;
  }
  return {
    ...shape,
    conversation_host_id: world.home.id,
    internal_team_ids: [world.home.id],
    connected_team_ids: [...channel.sharedWith],
  };
}

/** Slack looks at a file after the upload: until then it does not say what it is. */
export function isKnown({ knownFrom }: StoredFile): boolean {
  return knownFrom !== undefined && knownFrom <= Date.now();
}

export function fileShape(world: World, file: StoredFile, baseUrl: string): Json {
  const path = `${world.home.id}-${file.id}/${encodeURIComponent(file.name)}`;
  return {
    id: file.id,
    created: file.created,
    timestamp: file.created,
    name: file.name,
    title: file.title,
    mimetype: isKnown(file) ? file.mimetype : '',
    filetype: file.name.split('.').at(-1) ?? 'text',
    pretty_type: isKnown(file) ? file.mimetype : '',
    user: file.userId,
    user_team: world.users.get(file.userId)?.teamId,
    editable: false,
    size: file.content?.length ?? 0,
    mode: 'hosted',
    is_external: false,
    is_public: true,
    url_private: `${baseUrl}/files-pri/${path}`,
    url_private_download: `${baseUrl}/files-pri/${path}`,
    permalink: `${baseUrl}/files/${file.userId}/${file.id}/${encodeURIComponent(file.name)}`,
    channels: file.channels,
    has_rich_preview: false,
    file_access: 'visible',
  };
}
