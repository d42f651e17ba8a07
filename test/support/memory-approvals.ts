import type { Approval } from '../../src/services/approvals/approval.ts';
import type { ApprovalStore } from '../../src/services/approvals/ports.ts';

/** As in the store, without one. */
export function createMemoryApprovals(): ApprovalStore {
  const rows = new Map<string, { approval: Approval; version: number }>();
  return {
    async create(approval) {
      const isNew = !rows.has(approval.id);
      rows.set(approval.id, rows.get(approval.id) ?? structuredClone({ approval, version: 1 }));
      return isNew;
    },
    find: async (id) => structuredClone(rows.get(id)),
    async replace({ approval: { id }, version }, next) {
      const isCurrent = rows.get(id)?.version === version;
      if (isCurrent) {
        rows.set(id, structuredClone({ approval: next, version: version + 1 }));
      }
      return isCurrent;
    },
    pending: async () =>
      [...rows.values()].map(({ approval }) => structuredClone(approval)).filter(({ status }) => status === 'pending'),
  };
}
