import type { Clock } from '../../domain/clock.ts';
import { HopFailure } from '../../domain/hop-failure.ts';
import { inTurns } from '../../domain/in-turns.ts';
import type { Environment, Host } from '../../domain/inventory.ts';
import type { Logger } from '../../domain/logger.ts';
import { describeExit, splitProbeOutput } from '../../domain/probe-output.ts';
import type { RemoteExecutor } from '../../domain/remote-executor.ts';
import { remoteOf } from '../../domain/remote-target.ts';
import type { AlertService } from '../alerts/alert-service.ts';
import type { Reading } from '../alerts/reading.ts';
import { buildCertificateProbe, certificateQuestions } from './certificate-probe.ts';
import { type AskedCertificates, judgeCertificates, knownAfter } from './judge-certificates.ts';
import { parseCertificates } from './parse-certificates.ts';
import type { CertificateStore, HostCertificates } from './ports.ts';

/** Knows when the certificates of hosts end. */
export interface CertificateService {
  /** Asks all hosts of an environment, keeps what they say and judges it. Never rejects because of a host. */
  check(environment: Environment): Promise<void>;
}

export interface CertificateDeps {
  readonly executor: RemoteExecutor;
  readonly store: CertificateStore;
  readonly alerts: Pick<AlertService, 'judge'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Nobody waits for it, and the hosts have other work. */
const AT_ONCE = 4;
/** Trust stores are some hundred kB. */
const RUN_OPTIONS = { deadlineMs: 60_000, maxOutputBytes: 16 * 1024 * 1024 };

export function createCertificateService(deps: CertificateDeps): CertificateService {
  const { store, alerts, clock } = deps;

  async function checkHost(
    environment: Environment,
    host: Host,
    before: HostCertificates | undefined,
  ): Promise<CheckedHost> {
    const answer = await ask(environment, host, deps);
    const now = clock.now();
    const readings = judgeCertificates({ host: host.name, now, before, answer });
    if ('failure' in answer) {
      return { readings };
    }
    const { customer, name } = environment;
    const certificates = knownAfter(before?.certificates ?? [], answer);
    return { readings, found: { customer, environment: name, host: host.name, checkedAt: now, certificates } };
  }

  return {
    async check(environment) {
      const { customer, name, hosts } = environment;
      const before = new Map((await store.list(customer, name)).map((found) => [found.host, found]));
      // One that has lost its products is judged once more: its alerts end.
      const waiting = hosts.filter((host) => certificateQuestions(host).length > 0 || before.has(host.name));
      const work = (host: Host) => checkHost(environment, host, before.get(host.name));
      const checked = await inTurns({ items: waiting, atOnce: AT_ONCE, work });
      await alerts.judge(
        environment,
        checked.flatMap(({ readings }) => readings),
      );
      // Afterwards: what is gone is known by what was kept before, and its alert would never end.
      for (const { found } of checked) {
        await (found && store.save(found));
      }
    },
  };
}

interface CheckedHost {
  readonly readings: readonly Reading[];
  /** Missing: it gave no answer. */
  readonly found?: HostCertificates | undefined;
}

async function ask(
  environment: Environment,
  host: Host,
  { executor, logger }: CertificateDeps,
): Promise<AskedCertificates['answer']> {
  const questions = certificateQuestions(host);
  if (questions.length === 0) {
    return [];
  }
  try {
    const target = remoteOf({ environment, host });
    const result = await executor.run(target, buildCertificateProbe(questions), RUN_OPTIONS);
    return result.exitCode === 0
      ? parseCertificates(splitProbeOutput(result.stdout), questions)
      : { failure: `the check on the host failed: ${describeExit(result)}` };
  } catch (error) {
    if (error instanceof HopFailure) {
      return { failure: `not reached: ${error.facts.kind.replaceAll('_', ' ')} at ${error.facts.hop}` };
    }
    logger.error('Certificates not checked', { host: host.name, error });
    return { failure: 'the check failed inside msops; its log has the cause' };
  }
}
