import type { Clock } from '../../domain/clock.ts';
import type { HostReport } from '../../domain/host-report.ts';
import type { Environment, Host } from '../../domain/inventory.ts';
import type { Logger } from '../../domain/logger.ts';
import { isWatched } from '../../domain/watched.ts';
import type { AlertService } from '../alerts/alert-service.ts';
import { type Schedule, takeTurn } from './due-times.ts';
import { createEnvironmentWatch, type EnvironmentWatch } from './environment-watch.ts';
import type { Leadership, SampleStore } from './ports.ts';

/** How soon a reloaded inventory and what was found are noticed, when nobody is due before. */
const LONGEST_SLEEP_MS = 500;

export interface MonitorDeps {
  readonly leadership: Leadership;
  /** Asked anew at each turn; those without `monitoring` are left alone. */
  environments(): readonly Environment[];
  /** One round trip; must end by itself. */
  check(environment: Environment, host: Host): Promise<HostReport>;
  readonly observe: AlertService['observe'];
  saveReport(environment: Environment, report: HostReport): Promise<void>;
  readonly samples: Pick<SampleStore, 'append'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Checks every host of production again and again, while this replica leads. */
export interface Monitor {
  start(): void;
  /** Resolves when nobody is told anything any more. A check that goes on is not waited for, and its report is dropped. */
  stop(): Promise<void>;
}

interface Place {
  readonly environment: Environment;
  readonly host: Host;
}

export function createMonitor(deps: MonitorDeps): Monitor {
  const { leadership, clock, logger } = deps;
  const stopped = new AbortController();
  /** Hosts whose check goes on; also over the end of a lead, so that there are never two at once. */
  const checking = new Set<string>();
  let leading: Promise<void> | undefined;

  async function checkOne(key: string, place: Place, done: (report: HostReport) => Promise<void>): Promise<void> {
    checking.add(key);
    try {
      await done(await deps.check(place.environment, place.host));
    } catch (error) {
      logger.error('Scheduled check failed', { ...fields(place), error });
    } finally {
      checking.delete(key);
    }
  }

  async function watch(signal: AbortSignal): Promise<void> {
    const watches = new Map<string, EnvironmentWatch>();
    let schedule: Schedule = new Map();

    async function reported(place: Place, report: HostReport): Promise<void> {
      if (!signal.aborted) {
        watches.get(environmentKey(place.environment))?.report(report, clock.now().getTime());
        await deps.saveReport(place.environment, report).catch((error: unknown) => {
          logger.error('Host report not saved', { ...fields(place), error });
        });
      }
    }

    /** @returns how long nobody is due. */
    function turn(): number {
      const now = clock.now().getTime();
      const environments = deps.environments().filter(isWatched);
      followAll(environments, watches, { deps, now });
      const places = placesOf(environments);
      const watched = [...places].map(([key, { environment }]) => ({
        key,
        everyMs: environment.monitoring?.everyMs ?? 0,
      }));
      const { due, schedule: next, nextAt = Number.POSITIVE_INFINITY } = takeTurn(schedule, watched, now);
      schedule = next;
      for (const key of due.filter((one) => !checking.has(one))) {
        const place = places.get(key);
        void (place && checkOne(key, place, (report) => reported(place, report)));
      }
      watches.forEach(({ flush }) => void flush(now));
      return nextAt - now;
    }

    while (!signal.aborted) {
      await clock.sleep(Math.min(safely(turn), LONGEST_SLEEP_MS), signal);
    }
    await Promise.all([...watches.values()].map(({ settled }) => settled()));
  }

  function safely(turn: () => number): number {
    try {
      return turn();
    } catch (error) {
      logger.error('Watching failed', { error });
      return LONGEST_SLEEP_MS;
    }
  }

  return {
    start() {
      leading ??= leadership.lead('monitor', watch, stopped.signal);
    },
    async stop() {
      stopped.abort();
      await leading;
    },
  };
}

function followAll(
  environments: readonly Environment[],
  watches: Map<string, EnvironmentWatch>,
  { deps, now }: { deps: MonitorDeps; now: number },
): void {
  const keys = new Set(environments.map(environmentKey));
  for (const gone of [...watches.keys()].filter((key) => !keys.has(key))) {
    watches.delete(gone);
  }
  for (const environment of environments) {
    const key = environmentKey(environment);
    const watch = watches.get(key) ?? createEnvironmentWatch(environment, deps);
    watches.set(key, watch);
    watch.follow(environment, now);
  }
}

function placesOf(environments: readonly Environment[]): ReadonlyMap<string, Place> {
  return new Map(
    environments.flatMap((environment) =>
      environment.hosts.map((host) => [`${environmentKey(environment)}/${host.name}`, { environment, host }] as const),
    ),
  );
}

function environmentKey({ customer, name }: Environment): string {
  return `${customer}/${name}`;
}

function fields({ environment, host }: Place) {
  return { customer: environment.customer, environment: environment.name, host: host.name };
}
