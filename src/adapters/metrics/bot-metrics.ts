import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { BotMetrics } from '../../domain/bot-metrics.ts';
import type { StoreNumbers } from './store-numbers.ts';

export interface BotMetricsDeps {
  /** Asked at each scrape; `undefined` where it cannot be told. */
  readonly store: () => Promise<StoreNumbers>;
  readonly sshConnections: () => number;
  /** Of one scrape; default 3,000. */
  readonly deadlineMs?: number | undefined;
}

const DEADLINE_MS = 3_000;
/** Gauges whose name ends as that of a counter has to. */
const MISNAMED = ['nodejs_active_resources_total', 'nodejs_active_handles_total', 'nodejs_active_requests_total'];

/** Counts from the start of this process; gauges are read when somebody asks. */
export function createBotMetrics({ store, sshConnections, deadlineMs = DEADLINE_MS }: BotMetricsDeps): BotMetrics {
  const counted = new Registry();
  collectDefaultMetrics({ register: counted });
  for (const name of MISNAMED) {
    counted.removeSingleMetric(name);
  }
  const registers = [counted];
  const interactions = new Counter({
    ...{ name: 'msops_interactions_total', help: 'Interactions from Slack that were handled.', registers },
    labelNames: ['kind', 'result'],
  });
  const checks = new Counter({
    ...{ name: 'msops_scheduled_checks_total', help: 'Scheduled checks of hosts that were done.', registers },
  });
  const late = new Counter({
    ...{ name: 'msops_scheduled_checks_late_total', help: 'Scheduled checks of hosts that were due and not done.' },
    registers,
  });
  return {
    interactionHandled: (kind, result) => interactions.inc({ kind, result }),
    checksDone(counts) {
      checks.inc(counts.done);
      late.inc(counts.late);
    },
    async page() {
      const read = new Registry();
      drawNumbers(await inTime(store, deadlineMs), read);
      new Gauge({ name: 'msops_ssh_connections', help: 'Open SSH connections.', registers: [read] }).set(
        sshConnections(),
      );
      const parts = [await counted.metrics(), await read.metrics()];
      return { contentType: counted.contentType, text: parts.join('\n') };
    },
  };
}

/** A store that hangs must not hide what the process knows of itself. */
async function inTime(store: BotMetricsDeps['store'], ms: number): Promise<StoreNumbers | undefined> {
  const tooLate = new Promise<undefined>((resolve) => setTimeout(resolve, ms, undefined).unref());
  return Promise.race([store().catch(() => undefined), tooLate]);
}

function drawNumbers(numbers: StoreNumbers | undefined, register: Registry): void {
  const registers = [register];
  const gauge = (name: string, help: string, value: number | undefined): void => {
    if (value !== undefined) {
      new Gauge({ name, help, registers }).set(value);
    }
  };
  gauge('msops_store_up', 'Whether the store has answered in time.', numbers === undefined ? 0 : 1);
  if (numbers === undefined) {
    return;
  }
  const { outbox, deliveries, isLeader, openAlerts } = numbers;
  gauge('msops_leader', 'Whether this replica runs the scheduled checks.', isLeader ? 1 : 0);
  gauge('msops_outbox_pending', 'Messages that Slack has not got yet.', outbox.count);
  gauge('msops_outbox_oldest_seconds', 'Age of the oldest of them; absent when there is none.', outbox.oldestSeconds);
  gauge('msops_deliveries_waiting', 'Mails, SMS and webhooks that wait, due or not.', deliveries.count);
  gauge('msops_deliveries_oldest_seconds', 'Age of the oldest; absent when there is none.', deliveries.oldestSeconds);
  const alerts = new Gauge({
    ...{ name: 'msops_open_alerts', help: 'Alerts that go on and are not held back.', registers },
    labelNames: ['severity'],
  });
  for (const [severity, count] of Object.entries(openAlerts)) {
    alerts.set({ severity }, count);
  }
}
