import { describe, expect, it } from 'vitest';
import { createAuditHeadJob } from '../../../src/scheduler/audit-head.ts';
import type { AuditVerification } from '../../../src/services/audit/ports.ts';

const SLOT = new Date('2026-03-04T00:05:00Z');

describe('createAuditHeadJob', () => {
  it.each<AuditVerification>([
    { intact: true, entries: 12, headHash: 'abc' },
    { intact: false, brokenAt: 5, problem: 'row 5 was changed' },
  ])('publishes what the verification found: %o', async (found) => {
    const published: unknown[] = [];
    const publisher = { publish: async (...what: unknown[]) => void published.push(what) };

    await createAuditHeadJob({ audit: { verify: async () => found }, publisher }).run(SLOT);

    expect(published).toEqual([[found, SLOT]]);
  });
});
