import type { PersonId } from '../../domain/actor.ts';
import type { AccessService } from '../../services/access/access-service.ts';
import type { HandlerDeps } from '../deps.ts';
import type { BotInstallation } from './mention.ts';

/** Somebody, some company or the bot itself is gone from a channel, or from Slack. Source: docs.slack.dev/reference/events. */
export interface LeavingEvent {
  readonly type: 'channel_unshared' | 'member_left_channel' | 'channel_left' | 'group_left' | 'user_change';
  readonly channel?: string;
  /** An id, or with `user_change` the account. */
  readonly user?: string | { readonly id: string; readonly deleted?: boolean };
  /** Of `channel_unshared`: `T…`, or `E…` for a company with Enterprise Grid. */
  readonly previously_connected_team_id?: string;
  /** Whether other companies are left in it. */
  readonly is_ext_shared?: boolean;
}

const TYPES: readonly string[] = [
  'channel_unshared',
  'member_left_channel',
  'channel_left',
  'group_left',
  'user_change',
];

export function isAccessEnd(event: { readonly type: string }): event is LeavingEvent {
  return TYPES.includes(event.type);
}

/** Slack tells of every changed status; only accounts that are gone are worth writing down. */
export function isOfNoConcern(event: unknown): boolean {
  const { type, user } = (event ?? {}) as Partial<LeavingEvent>;
  return type === 'user_change' && (typeof user !== 'object' || user?.deleted !== true);
}

type Ending = Parameters<AccessService['endAllOf']>;

/** Access that was asked for in a shared channel lasts no longer than the channel, and than the person in it. */
export async function endAccess(event: LeavingEvent, bot: BotInstallation, deps: HandlerDeps): Promise<void> {
  const ending = endingOf(event, bot, deps);
  if (ending !== undefined) {
    const ended = await deps.services.access.endAllOf(...ending);
    deps.logger.info('Access ended with what Slack told', { event: event.type, why: ending[1], ended });
  }
}

function endingOf(event: LeavingEvent, bot: BotInstallation, deps: HandlerDeps): Ending | undefined {
  const { channel: channelId, user } = event;
  if (event.type === 'user_change') {
    return typeof user === 'object' ? [{ userId: user.id }, 'person_left'] : undefined;
  }
  if (channelId === undefined) {
    return undefined;
  }
  if (event.type === 'member_left_channel' && user !== bot.user_id) {
    return typeof user === 'string' ? [{ channelId, userId: user }, 'person_left'] : undefined;
  }
  const isCutOff = event.type !== 'channel_unshared' || concernsCustomer(event, deps);
  return isCutOff ? [{ channelId }, 'channel_unshared'] : undefined;
}

/**
 * Slack lets up to 250 companies into a channel, and one that nobody here belongs to may leave it. A company that goes
 * by its enterprise cannot be told apart, so it counts as the customer.
 */
function concernsCustomer(event: LeavingEvent, { services }: HandlerDeps): boolean {
  const { previously_connected_team_id: team, is_ext_shared: isStillShared } = event;
  const accounts = services.inventory
    .people()
    .flatMap(({ id, alsoKnownAs = [] }): readonly PersonId[] => [id, ...alsoKnownAs]);
  return isStillShared !== true || team?.startsWith('T') !== true || accounts.some((id) => id.startsWith(`${team}:`));
}
