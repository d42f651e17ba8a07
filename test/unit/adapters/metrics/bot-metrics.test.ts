import { describe, expect, it } from 'vitest';
import { createBotMetrics } from '../../../../src/adapters/metrics/bot-metrics.ts';
import type { StoreNumbers } from '../../../../src/adapters/metrics/store-numbers.ts';

const NUMBERS: StoreNumbers = {
  outbox: { count: 3, oldestSeconds: 12.5 },
  deliveries: { count: 0, oldestSeconds: undefined },
  openAlerts: { critical: 2, warning: 0, unknown: 1 },
  isLeader: true,
};
const metrics = (store = async () => NUMBERS, deadlineMs = 5_000) =>
  createBotMetrics({ store, sshConnections: () => 7, deadlineMs });
const ours = (text: string) => text.split('\n').filter((line) => line.startsWith('msops_'));

describe('metrics of the bot', () => {
  it('count what was handled and read what waits', async () => {
    const bot = metrics();
    bot.interactionHandled('command', 'done');
    bot.interactionHandled('command', 'done');
    bot.interactionHandled('action', 'refused');
    bot.checksDone({ done: 5, late: 1 });
    const { text, contentType } = await bot.page();
    expect(ours(text)).toEqual([
      'msops_interactions_total{kind="command",result="done"} 2',
      'msops_interactions_total{kind="action",result="refused"} 1',
      'msops_scheduled_checks_total 5',
      'msops_scheduled_checks_late_total 1',
      'msops_store_up 1',
      'msops_leader 1',
      'msops_outbox_pending 3',
      'msops_outbox_oldest_seconds 12.5',
      'msops_deliveries_waiting 0',
      'msops_open_alerts{severity="critical"} 2',
      'msops_open_alerts{severity="warning"} 0',
      'msops_open_alerts{severity="unknown"} 1',
      'msops_ssh_connections 7',
    ]);
    expect(text).toMatch(/^process_resident_memory_bytes \d+/m);
    expect(contentType).toMatch(/^text\/plain; version=0.0.4/);
  });

  it.each([
    { what: 'fails', store: () => Promise.reject(new Error('away')) },
    { what: 'hangs', store: () => new Promise<StoreNumbers>(() => {}) },
  ])('say that a store $what, and nothing of what is in it', async ({ store }) => {
    const { text } = await metrics(store, 20).page();
    expect(ours(text)).toEqual([
      'msops_scheduled_checks_total 0',
      'msops_scheduled_checks_late_total 0',
      'msops_store_up 0',
      'msops_ssh_connections 7',
    ]);
  });
});
