import type { Clock } from '../../domain/clock.ts';
import type { HostReport } from '../../domain/host-report.ts';
import type { HealthGate, HostInEnvironment, JobOptions } from './host-operations.ts';
import { judgeReady } from './judge-ready.ts';

export interface HealthGateDeps {
  /** One look at a host, whatever is found. Never rejects. */
  checkHost(target: HostInEnvironment): Promise<HostReport>;
  readonly clock: Clock;
}

const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 5_000;

export function createHealthGate({ checkHost, clock }: HealthGateDeps): HealthGate {
  const check: HealthGate['check'] = async (target) => judgeReady(await checkHost(target), target.host);

  /** @throws the signal's reason. */
  async function waitUntilHealthy(target: HostInEnvironment, { deadlineMs, signal }: JobOptions) {
    const deadline = clock.now().getTime() + deadlineMs;
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 1.5, LONGEST_PAUSE_MS)) {
      signal.throwIfAborted();
      const verdict = await check(target);
      const leftMs = deadline - clock.now().getTime();
      if (verdict.healthy || leftMs <= 0) {
        return verdict;
      }
      await clock.sleep(Math.min(pauseMs, leftMs), signal);
    }
  }

  return { check, waitUntilHealthy };
}
