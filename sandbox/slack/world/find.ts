import type { Channel, StoredMessage, User } from './model.ts';
import { openDirectMessage } from './seed.ts';
import type { World } from './world.ts';

/** A person did, or asked for, what is not possible. The sentence says what is. */
export class HumanError extends Error {
  override name = 'HumanError';
}

/** @param who handle (`alice`, `@alice`) or user id */
export function findPerson(world: World, who: string): User {
  const handle = who.replace(/^@/, '').toLowerCase();
  const user = [...world.users.values()].find(({ id, handle: own }) => id === who || own === handle);
  if (user === undefined || user.isBot) {
    const known = [...world.users.values()].filter(({ isBot }) => !isBot).map((person) => person.handle);
    throw new HumanError(`Nobody here is called "${who}". People: ${known.join(', ')}.`);
  }
  return user;
}

/**
 * A channel that the person sees.
 * @param where id, name (`acme-ops`, `#acme-ops`), or `dm`, `@msops`, `msops` for the direct message with the bot
 */
export function findChannel(world: World, viewer: User, where: string): Channel {
  if (['dm', world.bot.name, `@${world.bot.name}`].includes(where)) {
    if (viewer.teamId !== world.home.id) {
      throw new HumanError(`${viewer.handle} is of another company and has no direct message with ${world.bot.name}.`);
    }
    return openDirectMessage(world, viewer.id);
  }
  const name = where.replace(/^#/, '');
  const found = visibleChannels(world, viewer).find((channel) => channel.id === where || channel.name === name);
  if (found === undefined) {
    const names = visibleChannels(world, viewer).map((channel) => (channel.kind === 'im' ? 'dm' : `#${channel.name}`));
    throw new HumanError(`${viewer.handle} sees no channel "${where}". There are: ${names.join(', ')}.`);
  }
  return found;
}

export function visibleChannels(world: World, viewer: User): Channel[] {
  return [...world.channels.values()].filter(({ members }) => members.has(viewer.id));
}

/** Ephemeral messages only when `viewer` is their reader. */
export function findMessage(
  world: World,
  at: { channel: string; ts: string; viewer?: string },
): StoredMessage | undefined {
  return world.messages.find(
    ({ channel, ts, visibleTo }) =>
      channel === at.channel && ts === at.ts && (visibleTo === undefined || visibleTo === at.viewer),
  );
}

/** Everything in a channel that this person sees, in the order it was said. */
export function messagesSeenBy(world: World, channelId: string, userId: string): StoredMessage[] {
  return world.messages.filter(
    ({ channel, visibleTo }) => channel === channelId && (visibleTo === undefined || visibleTo === userId),
  );
}
