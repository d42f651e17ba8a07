import { stateOf } from '../blocks/form-values.ts';
import { isObject, objects } from '../blocks/interactive.ts';
import { messageKey } from '../human/interaction.ts';
import { findChannel, findPerson, messagesSeenBy, visibleChannels } from '../world/find.ts';
import { openModals } from '../world/modals.ts';
import type { Channel, Json, StoredMessage, StoredView, User } from '../world/model.ts';
import { fileShape } from '../world/shapes.ts';
import type { World } from '../world/world.ts';

/** A message as one person sees it. */
export interface SeenMessage {
  readonly ts: string;
  readonly author: SeenPerson;
  readonly text: string;
  readonly blocks: readonly Json[];
  readonly attachments: readonly Json[];
  /** Only this person sees it. */
  readonly isEphemeral: boolean;
  readonly isEdited: boolean;
  readonly reactions: readonly { readonly name: string; readonly users: readonly string[] }[];
  readonly files: readonly Json[];
  /** What the person chose in its elements: `{ [block_id]: { [action_id]: value } }`. */
  readonly state: Readonly<Record<string, Record<string, Json>>>;
  /** What Slack's client says beside it, e.g. that the app did not answer. */
  readonly notice?: string | undefined;
  readonly replies: readonly SeenMessage[];
}

export interface SeenPerson {
  readonly id: string;
  readonly handle: string;
  readonly realName: string;
  readonly title: string;
  readonly teamId: string;
  readonly teamName: string;
  readonly isExternal: boolean;
  readonly isBot: boolean;
}

export interface SeenChannel {
  readonly id: string;
  /** `msops` for the direct message with the bot. */
  readonly name: string;
  readonly kind: Channel['kind'];
  readonly purpose: string;
  readonly memberCount: number;
  readonly sharedWith: readonly string[];
  readonly hasBot: boolean;
  /** `ts` of the newest message that this person sees. */
  readonly latest?: string | undefined;
}

export interface SeenView {
  readonly id: string;
  /** As the app gave it, with all ids. */
  readonly view: Json;
  readonly state: Readonly<Record<string, Record<string, Json>>>;
  /** By block id. */
  readonly errors: Readonly<Record<string, string>>;
  readonly notice?: string | undefined;
  /** 1 for the only modal. */
  readonly depth: number;
}

/** Everything that one person sees, and who else there is to be. */
export interface PersonView {
  readonly revision: number;
  readonly team: { readonly id: string; readonly name: string };
  readonly bot: World['bot'];
  readonly viewer: SeenPerson;
  readonly people: readonly SeenPerson[];
  readonly channels: readonly SeenChannel[];
  readonly channel?: SeenChannel | undefined;
  /** Of the channel, oldest first, replies inside their parents. */
  readonly messages: readonly SeenMessage[];
  readonly modal?: SeenView | undefined;
  readonly home?: SeenView | undefined;
  /** What the app has not acked yet of what this person did. */
  readonly pending: readonly { readonly id: string; readonly what: string; readonly at: number }[];
}

/**
 * @param where channel id or name; without one only the lists, the modal and the Home tab
 * @throws HumanError for unknown people and channels that the person does not see
 */
export function personView(
  { world, baseUrl }: { world: World; baseUrl: string },
  as: string,
  where: string | undefined,
): PersonView {
  const viewer = findPerson(world, as);
  const channel = where === undefined ? undefined : findChannel(world, viewer, where);
  const modals = openModals(world, viewer.id);
  const modal = modals.at(-1);
  const home = world.homes.get(viewer.id);
  return {
    revision: world.revision(),
    team: { id: world.home.id, name: world.home.name },
    bot: world.bot,
    viewer: seenPerson(world, viewer),
    people: [...world.users.values()].filter(({ isBot }) => !isBot).map((user) => seenPerson(world, user)),
    channels: visibleChannels(world, viewer).map((one) => seenChannel(world, viewer, one)),
    channel: channel && seenChannel(world, viewer, channel),
    messages: channel === undefined ? [] : seenMessages({ world, baseUrl }, viewer, channel),
    modal: modal && seenView(modal, modals.length),
    home: home && seenView(home, 1),
    pending: world.deliveries
      .filter(({ status, userId }) => status === 'pending' && userId === viewer.id)
      .map(({ id, what, at }) => ({ id, what, at })),
  };
}

function seenPerson(world: World, { id, handle, realName, title, teamId, isBot }: User): SeenPerson {
  const teamName = world.teams.get(teamId)?.name ?? teamId;
  return { id, handle, realName, title, teamId, teamName, isExternal: teamId !== world.home.id, isBot };
}

function seenChannel(world: World, viewer: User, channel: Channel): SeenChannel {
  const { id, name, kind, purpose, members, sharedWith } = channel;
  return {
    id,
    name: kind === 'im' ? world.bot.name : name,
    kind,
    purpose,
    memberCount: members.size,
    sharedWith: [...sharedWith].map((teamId) => world.teams.get(teamId)?.name ?? teamId),
    hasBot: members.has(world.bot.userId),
    latest: messagesSeenBy(world, id, viewer.id).at(-1)?.ts,
  };
}

function seenMessages(deps: { world: World; baseUrl: string }, viewer: User, channel: Channel): SeenMessage[] {
  const all = messagesSeenBy(deps.world, channel.id, viewer.id);
  const parents = new Set(all.map(({ ts }) => ts));
  return all
    .filter(({ threadTs }) => threadTs === undefined || !parents.has(threadTs))
    .map((message) => ({
      ...seenMessage(deps, viewer, message),
      replies: all.filter(({ threadTs }) => threadTs === message.ts).map((reply) => seenMessage(deps, viewer, reply)),
    }));
}

function seenMessage(deps: { world: World; baseUrl: string }, viewer: User, message: StoredMessage): SeenMessage {
  const { world, baseUrl } = deps;
  const { ts, user, text, blocks, attachments, visibleTo, editedTs, reactions, files } = message;
  const author = world.users.get(user) ?? { ...viewer, id: user, handle: user, realName: user };
  const key = messageKey(message, viewer);
  return {
    ts,
    author: seenPerson(world, author),
    text,
    blocks,
    attachments,
    isEphemeral: visibleTo !== undefined,
    isEdited: editedTs !== undefined,
    reactions,
    files: files.flatMap((id) => world.files.get(id) ?? []).map((file) => fileShape(world, file, baseUrl)),
    state: stateOf(blocks, world.messageValues.get(key) ?? new Map()),
    notice: world.notices.get(key),
    replies: [],
  };
}

function seenView({ id, definition, values, errors, notice }: StoredView, depth: number): SeenView {
  const view = isObject(definition) ? definition : {};
  return { id, view, state: stateOf(objects(view.blocks), values), errors, notice, depth };
}
