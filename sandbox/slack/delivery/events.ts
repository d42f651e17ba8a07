import { randomBytes } from 'node:crypto';
import type { Channel, Json, User } from '../world/model.ts';
import { profileShape } from '../world/shapes.ts';
import type { World } from '../world/world.ts';
import type { Courier } from './courier.ts';
import type { Ack } from './transport.ts';

/** What happened, as the Events API tells it to the app. */
interface SlackEvent {
  readonly type: string;
  readonly event: Json;
  readonly actor: User;
  readonly channel?: Channel | undefined;
}

export interface EventSender {
  /** Resolves undefined when the app has not subscribed to it. */
  send(event: SlackEvent): Promise<Ack | undefined>;
}

export interface EventSenderDeps {
  readonly world: World;
  readonly courier: Courier;
  /** As in the manifest's `bot_events`: `app_mention`, `message.im`, … */
  readonly subscriptions: ReadonlySet<string>;
  readonly verificationToken: string;
}

export function createEventSender({ world, courier, subscriptions, verificationToken }: EventSenderDeps): EventSender {
  // The app remembers events longer than this Slack lives: the next Slack must not repeat their ids.
  const prefix = `Ev${Date.now().toString(36).toUpperCase()}${randomBytes(2).toString('hex').toUpperCase()}`;
  return {
    async send(event) {
      if (!subscriptions.has(event.type)) {
        return undefined;
      }
      const { bot, home } = world;
      const payload = {
        token: verificationToken,
        team_id: sendingTeam(world, event),
        context_team_id: home.id,
        context_enterprise_id: null,
        api_app_id: bot.appId,
        event: { ...event.event, event_ts: event.event.event_ts ?? world.nextTs() },
        type: 'event_callback',
        event_id: world.nextId(prefix),
        event_time: Math.floor(Date.now() / 1000),
        authorizations: [
          { enterprise_id: null, team_id: home.id, user_id: bot.userId, is_bot: true, is_enterprise_install: false },
        ],
        is_ext_shared_channel: (event.channel?.sharedWith.size ?? 0) > 0,
        event_context: `4-${Buffer.from(`${event.type}/${event.channel?.id ?? ''}`).toString('base64url')}`,
      };
      return courier.deliverEvent({ kind: 'events_api', what: event.type, payload, userId: event.actor.id });
    },
  };
}

/** Of a plain message the top-level team is the speaker's; of everything else it is ours. */
function sendingTeam(world: World, { type, actor }: SlackEvent): string {
  return type.startsWith('message.') ? actor.teamId : world.home.id;
}

/** Where Slack names the company of somebody who speaks in a shared channel. Nothing for people of the home team. */
export function externalActorFields(world: World, actor: User): Json {
  if (actor.teamId === world.home.id) {
    return {};
  }
  const { teamId } = actor;
  return { user_team: teamId, source_team: teamId, user_profile: { ...profileShape(actor), name: actor.handle } };
}
