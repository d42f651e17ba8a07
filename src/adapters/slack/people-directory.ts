import type { WebClient } from '@slack/web-api';
import type { Keyv } from 'keyv';

const REMEMBERED_MS = 10 * 60_000;

/** Asks Slack which workspace somebody belongs to; remembers the answer for ten minutes. */
export function createPeopleDirectory(client: WebClient, cache: Keyv) {
  return {
    /** @returns the team or enterprise id; `undefined` when Slack does not say. @throws when Slack does not answer. */
    async teamOf(userId: string): Promise<string | undefined> {
      const known = await cache.get<string>(userId);
      if (known !== undefined) {
        return known;
      }
      const { user } = await client.users.info({ user: userId });
      const teamId = user?.team_id ?? user?.enterprise_user?.enterprise_id;
      if (teamId !== undefined) {
        await cache.set(userId, teamId, REMEMBERED_MS);
      }
      return teamId;
    },
  };
}
