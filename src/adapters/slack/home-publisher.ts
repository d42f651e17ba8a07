import type { HomeView, KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { MessageBlock } from '../../domain/message.ts';

/** Draws App Home. A lost one is drawn again at the next visit, so it does not pass through the outbox. */
export function createHomePublisher(client: WebClient) {
  return {
    async publish(userId: string, blocks: readonly MessageBlock[] = []): Promise<void> {
      const view: HomeView = { type: 'home', blocks: blocks as KnownBlock[] };
      await client.views.publish({ user_id: userId, view });
    },
  };
}
