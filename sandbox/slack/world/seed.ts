import { BOT, CHANNELS, HOME_TEAM, PEOPLE, TEAMS } from '../../cast.ts';
import type { Channel } from './model.ts';
import { createWorld, type World } from './world.ts';

/** Slack's own voice: what it tells one person, e.g. that a command failed. */
export const SLACKBOT = 'USLACKBOT';

const FOUNDED = 1_700_000_000;

/** A world with the cast in it, nothing said yet, and a direct message with the bot for each person of the home team. */
export function seedWorld(): World {
  const world = createWorld({ home: HOME_TEAM, bot: BOT });
  for (const team of TEAMS) {
    world.teams.set(team.id, team);
  }
  seedUsers(world);
  for (const { name, id, members, sharedWith, purpose } of CHANNELS) {
    const everybody = name === 'random' ? members : [...members, BOT.userId];
    addChannel(world, { id, name, kind: 'public', purpose, members: everybody, sharedWith });
  }
  for (const person of PEOPLE.filter(({ team }) => team === HOME_TEAM.id)) {
    openDirectMessage(world, person.id);
  }
  return world;
}

function seedUsers(world: World): void {
  for (const { id, handle, realName, title, team } of PEOPLE) {
    world.users.set(id, { id, handle, realName, title, teamId: team, isBot: false });
  }
  const robot = { title: '', teamId: HOME_TEAM.id, isBot: true };
  world.users.set(BOT.userId, { ...robot, id: BOT.userId, handle: BOT.name, realName: BOT.name });
  world.users.set(SLACKBOT, { ...robot, id: SLACKBOT, handle: 'slackbot', realName: 'Slackbot' });
}

/** Adds a channel; tests use it for private ones. */
export function addChannel(
  world: World,
  channel: Pick<Channel, 'id' | 'name' | 'kind' | 'purpose'> & {
    members: readonly string[];
    sharedWith?: readonly string[];
  },
): Channel {
  const added: Channel = {
    ...channel,
    members: new Set(channel.members),
    sharedWith: new Set(channel.sharedWith),
    created: FOUNDED,
  };
  world.channels.set(channel.id, added);
  return added;
}

/** The direct message of a person and the bot, `D0ALICE` for alice; made when it is not there. */
export function openDirectMessage(world: World, userId: string): Channel {
  const id = `D0${(world.users.get(userId)?.handle ?? userId).toUpperCase()}`;
  const members = [userId, world.bot.userId];
  return world.channels.get(id) ?? addChannel(world, { id, name: 'directmessage', kind: 'im', purpose: '', members });
}
