import type { StoredLink, StoredSession, WebSessionStore } from '../../../../src/services/sign-in/ports.ts';

/** Everything that is kept, for tests to look at. */
export interface MemoryWebSessions extends WebSessionStore {
  readonly links: Map<string, StoredLink & { usedAt?: Date }>;
  readonly sessions: Map<string, StoredSession & { endedAt?: Date }>;
}

export function createMemoryWebSessions(): MemoryWebSessions {
  const links: MemoryWebSessions['links'] = new Map();
  const sessions: MemoryWebSessions['sessions'] = new Map();
  return {
    links,
    sessions,
    async saveLink(link) {
      links.set(link.hash, link);
    },
    async spendLink(hash, now) {
      const link = links.get(hash);
      if (link === undefined || link.usedAt !== undefined || link.expiresAt <= now) {
        return undefined;
      }
      links.set(hash, { ...link, usedAt: now });
      return { person: link.person, path: link.path };
    },
    ownerOfLink: async (hash) => links.get(hash)?.person,
    async begin(session) {
      sessions.set(session.hash, session);
    },
    async find(hash) {
      const session = sessions.get(hash);
      return session?.endedAt === undefined ? session : undefined;
    },
    async touch(hash, now) {
      sessions.set(hash, { ...sessions.get(hash)!, seenAt: now });
    },
    async end(hash, now) {
      sessions.set(hash, { ...sessions.get(hash)!, endedAt: now });
    },
  };
}
