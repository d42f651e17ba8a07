import type { Inbox, StoredInteraction } from '../../src/services/interactions/ports.ts';

export type MemoryInbox = Inbox & {
  /** `accepted`, `working`, or the outcome; what was forgotten is not there. */
  readonly states: Map<string, string>;
  /** Every call waits for it; a rejection is an outage. */
  outage: Promise<void>;
};

/** The inbox of one replica without a database. */
export function createMemoryInbox(left: readonly StoredInteraction[] = []): MemoryInbox {
  const states = new Map<string, string>(left.map(({ id }) => [id, 'accepted']));
  const inbox: MemoryInbox = {
    states,
    outage: Promise.resolve(),
    async accept({ id }) {
      await inbox.outage;
      const isNew = !states.has(id);
      states.set(id, states.get(id) ?? 'accepted');
      return isNew;
    },
    async begin(id) {
      await inbox.outage;
      const isFree = states.get(id) === 'accepted';
      if (isFree) {
        states.set(id, 'working');
      }
      return isFree;
    },
    async finish(id, outcome) {
      await inbox.outage;
      states.set(id, outcome);
    },
    async release(id) {
      await inbox.outage;
      states.set(id, 'accepted');
    },
    async forget(id) {
      await inbox.outage;
      states.delete(id);
    },
    takeOver: async () => left,
  };
  return inbox;
}
