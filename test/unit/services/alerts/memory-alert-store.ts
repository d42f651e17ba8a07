import { covers } from '../../../../src/domain/actor.ts';
import type { AlertBoard, AlertStore, SilenceStore } from '../../../../src/services/alerts/ports.ts';

/** What both stores keep, as in PostgreSQL but for the locks: here nothing runs at the same time. */
export function createMemoryAlertStore(): AlertStore {
  const boards = new Map<string, { customer: string; environment: string; board: AlertBoard }>();
  const archived = new Map<string, AlertBoard['groups'][number]>();
  const board = (customer: string, environment: string): AlertBoard =>
    boards.get(`${customer}/${environment}`)?.board ?? { alerts: [], groups: [], untold: [] };

  return {
    board: async (customer, environment) => board(customer, environment),
    async update(customer, environment, change) {
      const changed = change(board(customer, environment));
      boards.set(`${customer}/${environment}`, { customer, environment, board: changed });
      return changed;
    },
    async archive(groups) {
      for (const group of groups) {
        archived.set(group.id, archived.get(group.id) ?? group);
      }
    },
    findArchived: async (id) => archived.get(id),
    async archived({ customers, environment, from, until }) {
      const asked = [...archived.values()].filter(
        (group) =>
          covers(customers, group.customer) &&
          (environment ?? group.environment) === group.environment &&
          group.begunAt >= from &&
          group.begunAt < until,
      );
      return asked.toSorted((one, other) => other.begunAt.getTime() - one.begunAt.getTime()).slice(0, 200);
    },
    locate: async (id) => [...boards.values()].find(({ board: { groups } }) => groups.some((group) => group.id === id)),
  };
}

export function createMemorySilenceStore(): SilenceStore {
  const silences = new Map<string, Parameters<SilenceStore['create']>[0]>();
  return {
    async create(silence) {
      silences.set(silence.id, silences.get(silence.id) ?? silence);
    },
    active: async (now) => [...silences.values()].filter(({ until }) => until > now),
    async end(id, now) {
      const found = silences.get(id);
      if (found === undefined || found.until <= now) {
        return undefined;
      }
      const ended = { ...found, until: now };
      silences.set(id, ended);
      return ended;
    },
  };
}
