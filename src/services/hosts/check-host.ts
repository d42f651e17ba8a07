import type { Clock } from '../../domain/clock.ts';
import { HopFailure } from '../../domain/hop-failure.ts';
import type { HostReport } from '../../domain/host-report.ts';
import type { AccessPath, Host } from '../../domain/inventory.ts';
import type { Logger } from '../../domain/logger.ts';
import { describeExit } from '../../domain/probe-output.ts';
import type { RemoteExecutor } from '../../domain/remote-executor.ts';
import { judgeHost } from './judge-host.ts';
import { parseProbe } from './parse-probe.ts';
import { buildProbe } from './probe-command.ts';

export interface HostCheckLimits {
  /** For one host, from the connect to the last byte. */
  readonly hostDeadlineMs: number;
  /** The heap counters of one JVM take up to 90 kB. */
  readonly maxOutputBytes: number;
}

export const HOST_CHECK_LIMITS: HostCheckLimits = { hostDeadlineMs: 10_000, maxOutputBytes: 2 * 1024 * 1024 };

export interface HostCheckDeps {
  readonly executor: RemoteExecutor;
  readonly clock: Clock;
  readonly limits: HostCheckLimits;
  readonly logger: Logger;
}

type Judged = Omit<HostReport, 'host' | 'role' | 'checkedAt'>;

/** One round trip and its verdict. Never rejects: whatever goes wrong is in the report. */
export async function checkHost(host: Host, path: AccessPath, deps: HostCheckDeps): Promise<HostReport> {
  const judged = await probe(host, path, deps).catch((error: unknown) => failed(host, error, deps.logger));
  return { host: host.name, role: host.role, checkedAt: deps.clock.now(), ...judged };
}

async function probe(host: Host, path: AccessPath, { executor, limits }: HostCheckDeps): Promise<Judged> {
  const target = { endpoint: host.ssh, path };
  const options = { deadlineMs: limits.hostDeadlineMs, maxOutputBytes: limits.maxOutputBytes };
  const result = await executor.run(target, buildProbe(host), options);
  if (result.exitCode !== 0) {
    return unknown(`the check on the host failed: ${describeExit(result)}`);
  }
  const sample = parseProbe(result.stdout, host);
  return { ...judgeHost(sample, host.thresholds), sample };
}

function failed(host: Host, error: unknown, logger: Logger): Judged {
  if (error instanceof HopFailure) {
    return { level: 'unreachable', findings: [], failure: error.facts };
  }
  logger.error('Host check failed', { host: host.name, error });
  return unknown('the check failed inside msops; its log has the cause');
}

function unknown(text: string): Judged {
  return { level: 'unknown', findings: [{ level: 'unknown', text }] };
}
