import { mimeTypeOf } from '../web-api/files.ts';
import { findChannel, findMessage, findPerson, HumanError } from '../world/find.ts';
import { viewShape } from '../world/message-shape.ts';
import type { Channel, Json, User } from '../world/model.ts';
import { toggleReaction } from '../world/reactions.ts';
import { openDirectMessage } from '../world/seed.ts';
import { userShape } from '../world/shapes.ts';
import type { HumanDeps } from './human-deps.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { speak } from './speak.ts';

export interface Upload {
  readonly name: string;
  readonly content: string | Buffer;
  /** Said with the file. */
  readonly text?: string | undefined;
}

/** Adds or takes back a reaction. */
export async function react(
  deps: HumanDeps,
  as: string,
  { channel: where, ts, name, change }: { channel: string; ts: string; name: string; change: 'add' | 'remove' },
): Promise<Outcome> {
  const { world } = deps;
  const user = findPerson(world, as);
  const channel = findChannel(world, user, where);
  const message = findMessage(world, { channel: channel.id, ts, viewer: user.id });
  if (message === undefined) {
    throw new HumanError(`${user.handle} sees no message ${ts} in ${where}.`);
  }
  if (!toggleReaction(world, message, { name, userId: user.id, change })) {
    return { ok: false, error: change === 'add' ? 'already_reacted' : 'no_reaction' };
  }
  const type = change === 'add' ? 'reaction_added' : 'reaction_removed';
  const item = { type: 'message', channel: channel.id, ts };
  return tell(deps, { type, user, channel, event: { user: user.id, reaction: name, item, item_user: message.user } });
}

/** Opens the app's Home tab. People of other companies have none. */
export async function openHome(deps: HumanDeps, as: string): Promise<Outcome> {
  const { world } = deps;
  const user = findPerson(world, as);
  if (user.teamId !== world.home.id) {
    throw new HumanError(`${user.handle} is of another company and has no Home tab of ${world.bot.name}.`);
  }
  const home = world.homes.get(user.id);
  const view = home === undefined ? {} : { view: viewShape(world, home, user) };
  const event = { user: user.id, channel: openDirectMessage(world, user.id).id, tab: 'home', ...view };
  return tell(deps, { type: 'app_home_opened', user, event });
}

/** Says something with a file. */
export async function upload(
  deps: HumanDeps,
  as: string,
  { channel: where, file }: { channel: string; file: Upload },
): Promise<Outcome> {
  const { world } = deps;
  const user = findPerson(world, as);
  const channel = findChannel(world, user, where);
  const id = world.nextId('F');
  const { name } = file;
  const created = Math.floor(Date.now() / 1000);
  const content = Buffer.from(file.content);
  const stored = { id, name, title: name, mimetype: mimeTypeOf(name), userId: user.id, created, content, knownFrom: 0 };
  world.files.set(id, { ...stored, channels: [channel.id] });
  const outcome = await speak(deps, { user, channel }, { text: file.text ?? '', files: [id] });
  await tell(deps, {
    type: 'file_shared',
    user,
    channel,
    event: { file_id: id, user_id: user.id, file: { id }, channel_id: channel.id },
  });
  return outcome;
}

/** Connects a channel with another company, or ends that: then its people are gone from it. */
export async function setShared(
  deps: HumanDeps,
  { channel: where, team, isShared }: { channel: string; team: string; isShared: boolean },
): Promise<Outcome> {
  const { world } = deps;
  const name = where.replace(/^#/, '');
  const channel = [...world.channels.values()].find((one) => one.id === where || one.name === name);
  if (channel === undefined || !world.teams.has(team)) {
    throw new HumanError(`There is no channel "${where}" or no company "${team}".`);
  }
  isShared ? channel.sharedWith.add(team) : removeTeam(deps, channel, team);
  world.changed();
  const user = anybody(deps);
  return isShared
    ? tell(deps, { type: 'channel_shared', user, channel, event: { connected_team_id: team, channel: channel.id } })
    : tell(deps, {
        type: 'channel_unshared',
        user,
        channel,
        event: { previously_connected_team_id: team, channel: channel.id, is_ext_shared: channel.sharedWith.size > 0 },
      });
}

function removeTeam({ world }: HumanDeps, channel: Channel, team: string): void {
  channel.sharedWith.delete(team);
  for (const id of [...channel.members].filter((member) => world.users.get(member)?.teamId === team)) {
    channel.members.delete(id);
  }
}

function anybody({ world }: HumanDeps): User {
  return findPerson(world, [...world.users.values()].find(({ isBot }) => !isBot)?.handle ?? '');
}

/** Leaves a channel. */
export async function leave(deps: HumanDeps, as: string, where: string): Promise<Outcome> {
  const user = findPerson(deps.world, as);
  const channel = findChannel(deps.world, user, where);
  channel.members.delete(user.id);
  deps.world.changed();
  const event = { user: user.id, channel: channel.id, channel_type: 'C', team: user.teamId };
  return tell(deps, { type: 'member_left_channel', user, channel, event });
}

/** Removes the app from a channel. It is told, though it is not there any more. */
export async function removeApp(deps: HumanDeps, as: string, where: string): Promise<Outcome> {
  const { world } = deps;
  const user = findPerson(world, as);
  const channel = findChannel(world, user, where);
  channel.members.delete(world.bot.userId);
  world.changed();
  const type = channel.kind === 'private' ? 'group_left' : 'channel_left';
  return tell(deps, { type, user, event: { channel: channel.id, actor_id: user.id } });
}

/** An administrator deactivates somebody's account: it is in no channel any more. */
export async function deactivate(deps: HumanDeps, as: string): Promise<Outcome> {
  const { world } = deps;
  const user = findPerson(world, as);
  for (const channel of world.channels.values()) {
    channel.members.delete(user.id);
  }
  world.changed();
  const event = { user: { ...userShape(world, user), deleted: true }, cache_ts: Math.floor(Date.now() / 1000) };
  return tell(deps, { type: 'user_change', user, event });
}

async function tell(
  { world, events }: HumanDeps,
  { type, user, channel, event }: { type: string; user: User; channel?: Channel; event: Json },
): Promise<Outcome> {
  const startedAt = Date.now();
  const reaches = channel === undefined || channel.members.has(world.bot.userId);
  const ack = reaches ? await events.send({ type, event: { type, ...event }, actor: user, channel }) : undefined;
  return outcomeOf(ack ?? { ok: true, body: undefined }, startedAt);
}
