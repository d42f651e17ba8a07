import type { Place } from '../domain/place.ts';
import type { AnswerAddresses } from './answer.ts';

/** Who spoke to the bot, where, and how to answer. Read from Slack's payload alone, so a replay reads the same. */
export interface Asker {
  readonly userId: string;
  /** The person's own workspace; `undefined` when Slack did not say. */
  readonly teamId: string | undefined;
  /** Ids of one and the same company: on Enterprise Grid Slack names people by their workspace or by their enterprise. */
  readonly organization: readonly string[];
  readonly channelId: string | undefined;
  readonly place: Place;
  readonly addresses: AnswerAddresses;
  /** They wrote `@msops …`, or belong to another workspace: then our hints say the same, for they may not have our command. */
  readonly isMention: boolean;
}

/** Where the app is installed, as Slack's payloads say it. */
export interface Installation {
  readonly team_id?: string | null;
  readonly enterprise_id?: string | null;
}

export function organizationOf({ team_id, enterprise_id }: Installation): readonly string[] {
  return [team_id, enterprise_id].filter((id) => typeof id === 'string');
}

/** Of another workspace than ours; not when either is unknown. */
export function isExternal(teamId: string | undefined, organization: readonly string[]): boolean {
  return teamId !== undefined && organization.length > 0 && !organization.includes(teamId);
}

export interface SlashCommandPayload {
  readonly team_id: string;
  readonly enterprise_id?: string;
  readonly user_id: string;
  readonly channel_id: string;
  readonly text?: string;
  readonly response_url: string;
}

/** Slack Connect does not share slash commands, so the workspace that the command came from is the person's. */
export function askerOfCommand(payload: SlashCommandPayload): Asker {
  const { user_id: userId, channel_id: channelId, response_url: responseUrl } = payload;
  const isDirect = channelId.startsWith('D');
  return {
    userId,
    teamId: payload.team_id,
    organization: organizationOf(payload),
    channelId,
    isMention: false,
    place: isDirect ? { kind: 'direct' } : { kind: 'channel', channelId },
    addresses: {
      // The command may be typed in a direct message between two people: the other one must not read the answer.
      shown: isDirect ? { kind: 'direct', userId } : { kind: 'channel', channelId, fallbackResponseUrl: responseUrl },
      whispered: { kind: 'response_url', responseUrl },
    },
  };
}

export interface MessageEvent {
  readonly type: string;
  readonly user: string;
  readonly text?: string;
  readonly channel: string;
  readonly channel_type?: string;
  readonly ts: string;
  readonly thread_ts?: string;
  readonly team?: string;
  readonly user_team?: string;
  readonly source_team?: string;
  readonly user_profile?: { readonly team?: string };
  readonly bot_id?: string;
  readonly subtype?: string;
}

/**
 * For mentions and direct messages. `event.team` of a mention is ours even when somebody else speaks,
 * so it counts for messages only; what is unknown is looked up, and denied when that fails.
 */
export function askerOfMessage(event: MessageEvent, installation: Installation = {}): Asker {
  const { user: userId, channel: channelId, thread_ts: threadTs } = event;
  const isDirect = event.channel_type === 'im' || channelId.startsWith('D');
  const shown = { kind: 'channel', channelId, threadTs } as const;
  return {
    userId,
    teamId:
      event.user_team ??
      event.source_team ??
      event.user_profile?.team ??
      (event.type === 'message' ? event.team : undefined),
    organization: organizationOf(installation),
    channelId,
    isMention: event.type === 'app_mention',
    place: isDirect ? { kind: 'direct' } : { kind: 'channel', channelId },
    addresses: { shown, whispered: isDirect ? shown : { kind: 'ephemeral', channelId, userId, threadTs } },
  };
}

export interface ActionPayload {
  readonly user: { readonly id: string; readonly team_id?: string };
  readonly team?: { readonly id: string } | null;
  readonly enterprise?: { readonly id: string } | null;
  readonly channel?: { readonly id: string };
  readonly container?: { readonly type: string; readonly thread_ts?: string };
  readonly response_url?: string;
  readonly trigger_id?: string;
  readonly actions: readonly { readonly action_id: string; readonly value?: string }[];
}

/** For buttons on messages and on the home tab. */
export function askerOfAction(payload: ActionPayload): Asker {
  const { id: userId, team_id: teamId } = payload.user;
  const channelId = payload.channel?.id;
  const organization = organizationOf({
    team_id: payload.team?.id ?? null,
    enterprise_id: payload.enterprise?.id ?? null,
  });
  const who = { userId, teamId, organization, channelId, isMention: isExternal(teamId, organization) };
  if (channelId === undefined) {
    const direct = { kind: 'direct', userId } as const;
    return { ...who, place: { kind: 'home' }, addresses: { shown: direct, whispered: direct } };
  }
  const shown = { kind: 'channel', channelId, threadTs: payload.container?.thread_ts } as const;
  const { response_url: responseUrl } = payload;
  return {
    ...who,
    place: channelId.startsWith('D') ? { kind: 'direct' } : { kind: 'channel', channelId },
    addresses: {
      shown,
      whispered: responseUrl ? { kind: 'response_url', responseUrl } : { kind: 'ephemeral', channelId, userId },
    },
  };
}
