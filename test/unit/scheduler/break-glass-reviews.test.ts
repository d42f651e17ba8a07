import { describe, expect, it } from 'vitest';
import { checkBlocks } from '../../../sandbox/slack/blocks/check-blocks.ts';
import { createBreakGlassReviewsJob } from '../../../src/scheduler/break-glass-reviews.ts';
import type { BreakGlass } from '../../../src/services/approvals/break-glass-service.ts';
import { breakGlassReminderView } from '../../../src/views/break-glass-reminder-view.ts';
import { NOW } from '../../support/builders.ts';

function anOpenOne(id: string, customer = 'acme'): BreakGlass {
  const at = { openedAt: NOW, until: NOW, reviewDueAt: NOW };
  const person = { id: 'T0MERIDIAN:U0ALICE', accounts: ['T0MERIDIAN:U0ALICE'], name: 'Alice Moreau' } as const;
  return { id, customer, environment: 'prod', person, reason: 'the gateway <!here> burns', ...at, approvals: [] };
}

describe('the daily reminder of break-glass reviews', () => {
  it('tells each customer its own, and nobody when all are closed', async () => {
    const told: string[] = [];
    const reminder = {
      remind: async (customer: string, open: readonly BreakGlass[]) =>
        void told.push(`${customer}: ${open.map(({ id }) => id).join()}`),
    };
    const jobOf = (...open: BreakGlass[]) =>
      createBreakGlassReviewsJob({ breakGlass: { unreviewed: async () => open }, reminder });
    await jobOf(anOpenOne('1'), anOpenOne('2', 'globex'), anOpenOne('3')).run(NOW);
    await jobOf().run(NOW);
    expect(told).toEqual(['acme: 1,3', 'globex: 2']);
  });

  it('fits into a message, however many are open, and mentions nobody', () => {
    const { text, blocks } = breakGlassReminderView(Array.from({ length: 60 }, (_, index) => anOpenOne(`${index}`)));
    expect(text).toBe('🚨 60 break-glass reviews are open');
    expect(checkBlocks([...(blocks ?? [])], 'message')).toEqual([]);
    expect(JSON.stringify(blocks)).not.toContain('<!here>');
    expect(breakGlassReminderView([anOpenOne('1')]).text).toBe('🚨 1 break-glass review is open');
  });
});
