import type { EmailVerification } from '../../../../src/services/email-identities/email-verification.ts';
import type { EmailVerificationStore } from '../../../../src/services/email-identities/ports.ts';

export function createMemoryVerifications(): EmailVerificationStore {
  const rows = new Map<string, EmailVerification>();
  return {
    find: async (customer) => rows.get(customer),
    open: async () => [...rows.values()].filter(({ endedAt }) => endedAt === undefined),
    begin: async (verification) => void rows.set(verification.customer, verification),
    async update({ customer, begunAt }, change) {
      const found = rows.get(customer);
      if (found?.begunAt.getTime() !== begunAt.getTime()) {
        return undefined;
      }
      rows.set(customer, change(found));
      return rows.get(customer);
    },
  };
}
