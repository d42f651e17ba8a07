import { visibleChannels } from '../world/find.ts';
import type { Channel, StoredMessage, User } from '../world/model.ts';
import type { World } from '../world/world.ts';

/** Who looks, and at what. */
export interface Sight {
  readonly world: World;
  readonly viewer: User;
  readonly channel: Channel | undefined;
  /** App Home instead of a channel. */
  readonly isHome: boolean;
  /** The message whose thread is open. */
  readonly threadTs?: string | undefined;
}

/** A channel as this person calls it. */
export function channelTitle({ world }: Pick<Sight, 'world'>, channel: Channel): string {
  return channel.kind === 'im' ? world.bot.name : `#${channel.name}`;
}

/** Names of the other companies in a shared channel, as seen from the viewer's own. */
export function otherCompanies({ world, viewer }: Pick<Sight, 'world' | 'viewer'>, channel: Channel): string[] {
  const teams = [world.home.id, ...channel.sharedWith];
  return channel.sharedWith.size === 0
    ? []
    : teams.filter((id) => id !== viewer.teamId).map((id) => world.teams.get(id)?.name ?? id);
}

export function channelsOf({ world, viewer }: Pick<Sight, 'world' | 'viewer'>): {
  channels: Channel[];
  directMessages: Channel[];
} {
  const visible = visibleChannels(world, viewer);
  return {
    channels: visible.filter(({ kind }) => kind !== 'im'),
    directMessages: visible.filter(({ kind }) => kind === 'im'),
  };
}

/** The clock of the machine that the sandbox runs on. */
export function timeOf(message: Pick<StoredMessage, 'ts'>): string {
  const date = new Date(Number(message.ts) * 1000);
  return date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
}
