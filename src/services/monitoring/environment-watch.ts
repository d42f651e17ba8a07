import type { HostReport } from '../../domain/host-report.ts';
import type { Environment } from '../../domain/inventory.ts';
import { findMissing } from './find-missing.ts';
import type { MonitorDeps } from './monitor.ts';
import { toSample } from './to-sample.ts';

/** So that what is found at about the same time is told at once. */
const GATHER_MS = 1_000;

/** What is known of one environment while this replica leads. Keeps samples and has alerts judged, one batch at a time. */
export interface EnvironmentWatch {
  /** The inventory can be reloaded. */
  follow(environment: Environment, now: number): void;
  report(report: HostReport, now: number): void;
  /** Passes on what was found since the last call, unless the last one still goes on. */
  flush(now: number): void;
  /** Resolves when the last call has ended. */
  settled(): Promise<void>;
}

export function createEnvironmentWatch(
  first: Environment,
  { observe, samples, logger }: Pick<MonitorDeps, 'observe' | 'samples' | 'logger'>,
): EnvironmentWatch {
  let environment = first;
  let waiting: HostReport[] = [];
  let running: Promise<void> | undefined;
  let lastFlush = Number.NEGATIVE_INFINITY;
  const since = new Map<string, number>();
  const reported = new Map<string, number>();

  function failed(message: string): (error: unknown) => void {
    return (error) => logger.error(message, { customer: environment.customer, environment: environment.name, error });
  }

  async function pass(reports: readonly HostReport[], now: number): Promise<void> {
    const missing = findMissing(environment, { since, reported }, now);
    const kept = reports.map((report) => toSample(environment, report));
    await Promise.all([
      kept.length === 0 ? undefined : samples.append(kept).catch(failed('Samples not saved')),
      observe(environment, { reports, missing }).catch(failed('Alerts not judged')),
    ]);
  }

  /** Also without a report: a host that gives none is told, too. */
  function isDue(now: number): boolean {
    const elapsed = now - lastFlush;
    const everyMs = environment.monitoring?.everyMs ?? Number.POSITIVE_INFINITY;
    // Less than nothing: the clock was set back.
    return elapsed < 0 || elapsed >= (waiting.length > 0 ? GATHER_MS : everyMs);
  }

  return {
    follow(current, now) {
      environment = current;
      const names = new Set(current.hosts.map(({ name }) => name));
      names.forEach((name) => void since.set(name, since.get(name) ?? now));
      for (const gone of [...since.keys()].filter((name) => !names.has(name))) {
        since.delete(gone);
        reported.delete(gone);
      }
      waiting = waiting.filter(({ host }) => names.has(host));
      lastFlush = Number.isFinite(lastFlush) ? lastFlush : now;
    },
    report(report, now) {
      if (since.has(report.host)) {
        waiting.push(report);
        reported.set(report.host, now);
      }
    },
    flush(now) {
      if (running === undefined && isDue(now)) {
        const reports = waiting;
        waiting = [];
        lastFlush = now;
        running = pass(reports, now).finally(() => {
          running = undefined;
        });
      }
    },
    settled: async () => running,
  };
}
