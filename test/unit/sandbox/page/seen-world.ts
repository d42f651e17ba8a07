import { type PersonView, personView } from '../../../../sandbox/slack/http/person-view.ts';
import type { Json } from '../../../../sandbox/slack/world/model.ts';
import { type NewMessage, postMessage } from '../../../../sandbox/slack/world/post.ts';
import { seedWorld } from '../../../../sandbox/slack/world/seed.ts';
import type { World } from '../../../../sandbox/slack/world/world.ts';

export interface SeenWorld {
  readonly world: World;
  /** Said by the bot in #acme-ops. */
  post(message: Partial<NewMessage>): void;
  see(as: string, channel?: string): PersonView;
}

/** The cast in a Slack without a server. */
export function aSeenWorld(): SeenWorld {
  const world = seedWorld();
  return {
    world,
    post: (message) => {
      postMessage(world, { channel: 'C0ACMEOPS', user: world.bot.userId, text: 'said', ...message });
    },
    see: (as, channel) => personView({ world, baseUrl: 'http://127.0.0.1:1' }, as, channel),
  };
}

export function aButton(fields: Json = {}): Json {
  return { type: 'button', action_id: 'host.check', text: { type: 'plain_text', text: 'Check' }, ...fields };
}
