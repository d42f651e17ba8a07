import { Gauge, Registry } from 'prom-client';
import type { MetricsPage } from '../../domain/bot-metrics.ts';
import type { Clock } from '../../domain/clock.ts';
import type { HostReport } from '../../domain/host-report.ts';
import type { Customer, Environment } from '../../domain/inventory.ts';
import { oldestCheckMs } from '../../domain/watched.ts';
import { HOST_FAMILIES, type HostFamily } from './host-families.ts';

export interface HostMetricsDeps {
  /** The last report of each host. */
  latest(environment: Environment): Promise<readonly HostReport[]>;
  readonly clock: Clock;
}

interface Line {
  readonly environment: Environment;
  readonly report: HostReport;
  readonly ageSeconds: number;
}

/** A host that was not checked for so long is not known any more. */
const STALE_MS = 300_000;

/** What was found of one customer's hosts. What is unknown is absent and never 0, and so is what is too old but its age. */
export function createHostMetrics({ latest, clock }: HostMetricsDeps): (customer: Customer) => Promise<MetricsPage> {
  return async ({ environments }) => {
    const now = clock.now().getTime();
    const found = await Promise.all(
      environments.map(async (environment) =>
        (await latest(environment)).map((report): Line => {
          const ageSeconds = Math.max(0, (now - report.checkedAt.getTime()) / 1000);
          return { environment, report, ageSeconds };
        }),
      ),
    );
    const lines = found.flat();
    const register = new Registry();
    drawAges(lines, register);
    const known = lines.filter((line) => !isStale(line));
    for (const family of HOST_FAMILIES) {
      draw(family, known, register);
    }
    return { contentType: register.contentType, text: await register.metrics() };
  };
}

function isStale({ environment, ageSeconds }: Line): boolean {
  return ageSeconds > oldestCheckMs(environment, STALE_MS) / 1000;
}

function drawAges(lines: readonly Line[], register: Registry): void {
  const gauge = new Gauge({
    ...{ name: 'msops_host_sample_age_seconds', help: 'Since the last check of the host.', registers: [register] },
    labelNames: ['environment', 'host'],
  });
  for (const { environment, report, ageSeconds } of lines) {
    gauge.set({ environment: environment.name, host: report.host }, ageSeconds);
  }
}

function draw({ name, help, labels, read }: HostFamily, lines: readonly Line[], register: Registry): void {
  const gauge = new Gauge({ name, help, labelNames: ['environment', 'host', ...labels], registers: [register] });
  for (const { environment, report } of lines) {
    for (const { labels: own, value } of read(report)) {
      if (value !== undefined && Number.isFinite(value)) {
        gauge.set({ environment: environment.name, host: report.host, ...own }, value);
      }
    }
  }
}
