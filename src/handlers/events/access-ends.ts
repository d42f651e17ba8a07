import { type PersonId, personId } from '../../domain/actor.ts';
import { UserError } from '../../domain/errors.ts';
import type { AccessService } from '../../services/access/access-service.ts';
import type { GrantState } from '../../services/access/grant.ts';
import type { HandlerDeps } from '../deps.ts';
import type { BotInstallation } from './mention.ts';

/** Somebody, some company or the bot itself is gone from a channel, or from Slack. Source: docs.slack.dev/reference/events. */
export interface LeavingEvent {
  readonly type: 'channel_unshared' | 'member_left_channel' | 'channel_left' | 'group_left' | 'user_change';
  readonly channel?: string;
  /** An id, or with `user_change` the account. */
  readonly user?: string | { readonly id: string; readonly deleted?: boolean };
  /** Workspace of who left. */
  readonly team?: string;
  /** Of `channel_unshared`: `T…`, or `E…` for a company with Enterprise Grid. */
  readonly previously_connected_team_id?: string;
  /** Whether other companies are left in it. */
  readonly is_ext_shared?: boolean;
}

const OPEN: readonly GrantState[] = ['requested', 'granting', 'active'];

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
  const { type, channel, user } = event;
  const hasLeft = type === 'member_left_channel' && user !== bot.user_id;
  const ending = hasLeft ? undefined : endingOf(event, deps);
  const ended = ending === undefined ? undefined : await deps.services.access.endAllOf(...ending);
  if (ended !== undefined) {
    deps.logger.info('Access ended with what Slack told', { event: type, why: ending?.[1], ended });
  }
  if (hasLeft && channel !== undefined && typeof user === 'string') {
    await endOfLeaver({ channel, user, team: event.team ?? 'unknown' }, deps);
  }
}

function endingOf(event: LeavingEvent, deps: HandlerDeps): Ending | undefined {
  const { type, channel: channelId, user } = event;
  if (type === 'user_change') {
    return typeof user === 'object' ? [{ userId: user.id }, 'person_left'] : undefined;
  }
  const isCutOff = channelId !== undefined && (type !== 'channel_unshared' || concernsCustomer(event, deps));
  return isCutOff ? [{ channelId }, 'channel_unshared'] : undefined;
}

interface Leaver {
  readonly channel: string;
  readonly user: string;
  readonly team: string;
}

/** Only what they asked for in that channel: they may be in others, and others are still in it. */
async function endOfLeaver({ channel, user, team }: Leaver, deps: HandlerDeps): Promise<void> {
  const { access } = deps.services;
  const accounts = new Set([personId(team, user), ...accountsOf(deps).filter((id) => id.endsWith(`:${user}`))]);
  const found = await Promise.all(
    [...accounts].map((person) => access.list({ customers: 'all', states: OPEN, person })),
  );
  const asked = found.flat().filter(({ grant }) => grant.channels[0]?.channelId === channel);
  const ids = [...new Set(asked.map(({ grant }) => grant.id))];
  const ends = await Promise.allSettled(ids.map((id) => access.end(id, { why: 'person_left' })));
  if (ids.length > 0) {
    deps.logger.info('Access ended with what Slack told', { event: 'member_left_channel', grants: ids });
  }
  refuseFailures(ends);
}

/** Each was tried. One that is over already, by itself, is no failure. */
function refuseFailures(ends: readonly PromiseSettledResult<unknown>[]): void {
  const failed = ends.find((end) => end.status === 'rejected' && !(end.reason instanceof UserError));
  if (failed?.status === 'rejected') {
    throw failed.reason;
  }
}

/**
 * Slack lets up to 250 companies into a channel, and one that nobody here belongs to may leave it. A company that goes
 * by its enterprise cannot be told apart, so it counts as the customer.
 */
function concernsCustomer(event: LeavingEvent, deps: HandlerDeps): boolean {
  const { previously_connected_team_id: team, is_ext_shared: isStillShared } = event;
  const isOfSomebody = accountsOf(deps).some((id) => id.startsWith(`${team}:`));
  return isStillShared !== true || team?.startsWith('T') !== true || isOfSomebody;
}

function accountsOf({ services }: HandlerDeps): readonly PersonId[] {
  return services.inventory.people().flatMap(({ id, alsoKnownAs = [] }) => [id, ...alsoKnownAs]);
}
