import type { Clock } from '../../domain/clock.ts';
import { UserError } from '../../domain/errors.ts';
import type { Drain } from '../../domain/inventory.ts';
import type { Logger } from '../../domain/logger.ts';
import type { RemoteExecutor } from '../../domain/remote-executor.ts';
import { scrubSecrets } from '../../domain/scrub.ts';
import { createHaproxyApi } from './haproxy-api.ts';
import { drainServers, readyServers } from './haproxy-traffic.ts';
import type { StepEnd } from './host-change.ts';
import type { HostInEnvironment, TrafficControl } from './host-operations.ts';
import { runTrafficCommand } from './traffic-command.ts';
import { viaOf } from './via-of.ts';

export interface TrafficControlDeps {
  readonly executor: RemoteExecutor;
  readonly clock: Clock;
  readonly logger: Logger;
}

interface Turn {
  readonly target: HostInEnvironment;
  readonly drain: Drain;
  readonly wish: 'drain' | 'ready';
  readonly signal: AbortSignal;
}

/** The application is well by then; a balancer that asks every 30 s needs some rounds to see it. */
const READY_MS = 180_000;
const MAX_OUTPUT = 4_000;

/** A drain that fails leaves the host as far out of service as it got: `ready` puts it back. @throws {HopFailure} */
export function createTrafficControl(deps: TrafficControlDeps): TrafficControl {
  async function turn(target: HostInEnvironment, wish: Turn['wish'], signal: AbortSignal): Promise<StepEnd> {
    const { drain } = target.host;
    if (drain === undefined) {
      return { ok: true };
    }
    const end = await turnTraffic({ target, drain, wish, signal }, deps).catch(toStepEnd);
    deps.logger.info('Traffic turned', { host: target.host.name, wish, ...end });
    return end;
  }

  return {
    drain: (target, signal) => turn(target, 'drain', signal),
    ready: (target, signal) => turn(target, 'ready', signal),
  };
}

async function turnTraffic(
  { target, drain, wish, signal }: Turn,
  { executor, clock }: TrafficControlDeps,
): Promise<StepEnd> {
  const via = viaOf(target, drain.via);
  const deadlineMs = wish === 'drain' ? target.environment.rollout.drainDeadlineMs : READY_MS;
  if (drain.kind === 'command') {
    const output = await runTrafficCommand({ command: drain[wish], via, executor, deadlineMs, signal });
    return { ok: true, output: shown(output) };
  }
  const { servers } = drain;
  const api = createHaproxyApi({ via, api: drain.api, executor, signal });
  const traffic = { api, servers, clock, deadlineMs, signal };
  await (wish === 'drain' ? drainServers(traffic) : readyServers(traffic));
  return { ok: true, note: `${servers.join(', ')} ${wish === 'drain' ? 'drained' : 'ready'}` };
}

function toStepEnd(error: unknown): StepEnd {
  if (!(error instanceof UserError)) {
    throw error;
  }
  const output = typeof error.cause === 'string' ? shown(error.cause) : undefined;
  return { ok: false, reason: scrubSecrets(error.message), advice: error.hint, output };
}

function shown(output: string): string {
  return scrubSecrets(output.slice(-4 * MAX_OUTPUT)).slice(-MAX_OUTPUT);
}
