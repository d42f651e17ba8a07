import type { Clock } from '../../domain/clock.ts';
import { UserError } from '../../domain/errors.ts';
import type { HaproxyApi } from './haproxy-api.ts';
import { describeServer, type HaproxyServer, isInService, lastOfBackend } from './haproxy-stat.ts';

/** Servers of one HAProxy that stand for one host. */
export interface HaproxyTraffic {
  readonly api: HaproxyApi;
  /** `backend/server`. */
  readonly servers: readonly string[];
  readonly clock: Clock;
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
}

const PAUSE_MS = 1_000;

/**
 * Lets what is open end and keeps away what is new.
 * @throws {UserError} when it would be the last of its backend, or connections are still open at the deadline; the
 *   servers stay drained then.
 */
export async function drainServers(traffic: HaproxyTraffic): Promise<void> {
  const { api, servers } = traffic;
  const last = lastOfBackend(await api.servers(), servers);
  if (last.length > 0) {
    const backends = [...new Set(last.map(({ backend }) => backend))].join(' and ');
    throw new UserError(`It would take out the last server of backend ${backends}.`, {
      hint: 'Bring another server of it up first.',
    });
  }
  await setAll(traffic, 'drain');
  const open = await waitFor(traffic, (server) => !isInService(server) && server.open === 0);
  if (open.length > 0) {
    const words = open.map((one) => `${one.open} of ${describeServer(one)}`).join(', ');
    throw new UserError(`Connections were still open after ${seconds(traffic)}: ${words}.`, {
      hint: 'Close long connections, or raise `drain_deadline` of the environment.',
    });
  }
}

/**
 * Lets requests in again and waits until HAProxy's own health checks agree. HAProxy forgets a drain when it is
 * reloaded, so only what is read back counts.
 * @throws {UserError} when it still sees a server down at the deadline.
 */
export async function readyServers(traffic: HaproxyTraffic): Promise<void> {
  await setAll(traffic, 'ready');
  const out = await waitFor(traffic, isInService);
  if (out.length > 0) {
    throw new UserError(
      `HAProxy sends nothing there after ${seconds(traffic)}: ${out.map(describeServer).join(', ')}.`,
      {
        hint: 'Look at the health check of that backend.',
      },
    );
  }
}

async function setAll({ api, servers }: HaproxyTraffic, state: 'drain' | 'ready'): Promise<void> {
  for (const server of servers) {
    await api.setState(server, state);
  }
}

/** @returns those that are not as wanted at the deadline. */
async function waitFor(
  traffic: HaproxyTraffic,
  isReached: (server: HaproxyServer) => boolean,
): Promise<readonly HaproxyServer[]> {
  const { clock, deadlineMs, signal } = traffic;
  const deadline = clock.now().getTime() + deadlineMs;
  for (;;) {
    const left = (await own(traffic)).filter((server) => !isReached(server));
    const leftMs = deadline - clock.now().getTime();
    if (left.length === 0 || leftMs <= 0) {
      return left;
    }
    await clock.sleep(Math.min(PAUSE_MS, leftMs), signal);
    signal.throwIfAborted();
  }
}

/** @throws {UserError} for a server that HAProxy does not have. */
async function own({ api, servers }: HaproxyTraffic): Promise<readonly HaproxyServer[]> {
  const all = await api.servers();
  return servers.map((name) => {
    const found = all.find((server) => server.name === name);
    if (found === undefined) {
      throw new UserError(`HAProxy has no server ${name}.`, { hint: 'Compare `servers` of its drain in msops.yml.' });
    }
    return found;
  });
}

function seconds({ deadlineMs }: HaproxyTraffic): string {
  return `${Math.round(deadlineMs / 1000)} s`;
}
