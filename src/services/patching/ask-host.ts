import { HopFailure, type HopFailureFacts, hopFailureText } from '../../domain/hop-failure.ts';
import type { Finding, Level } from '../../domain/host-report.ts';
import type { Environment, Host } from '../../domain/inventory.ts';
import type { Logger } from '../../domain/logger.ts';
import { describeExit, type ProbeParts, splitProbeOutput } from '../../domain/probe-output.ts';
import type { RemoteCommand } from '../../domain/remote-command.ts';
import type { RemoteExecutor } from '../../domain/remote-executor.ts';
import { remoteOf } from '../../domain/remote-target.ts';
import type { PlanProblem } from '../rollouts/host-change.ts';

/** Why a host gave no answer. */
export interface NoAnswer {
  readonly level: Extract<Level, 'unreachable' | 'unknown'>;
  readonly findings: readonly Finding[];
  readonly failure?: HopFailureFacts | undefined;
}

export interface AskedHost {
  readonly environment: Environment;
  readonly host: Host;
}

/** Asks a host by a probe, a script over `PROBE_SHELL`. Never rejects. */
export type AskHost = (asked: AskedHost, command: RemoteCommand) => Promise<ProbeParts | NoAnswer>;

/** apt takes seconds on a small machine, dnf without its cache in memory half a minute. */
const RUN_OPTIONS = { deadlineMs: 120_000, maxOutputBytes: 4 * 1024 * 1024 };

export function createAskHost({ executor, logger }: { executor: RemoteExecutor; logger: Logger }): AskHost {
  return async (asked, command) => {
    try {
      const result = await executor.run(remoteOf(asked), command, RUN_OPTIONS);
      return result.exitCode === 0
        ? splitProbeOutput(result.stdout)
        : noAnswer(`the check on the host failed: ${describeExit(result)}`);
    } catch (error) {
      if (error instanceof HopFailure) {
        return { level: 'unreachable', findings: [], failure: error.facts };
      }
      logger.error('Patch check failed', { host: asked.host.name, error });
      return noAnswer('the check failed inside msops; its log has the cause');
    }
  };
}

export function isNoAnswer(answer: ProbeParts | NoAnswer): answer is NoAnswer {
  return 'findings' in answer;
}

function noAnswer(text: string): NoAnswer {
  return { level: 'unknown', findings: [{ level: 'unknown', text }] };
}

/** Why there is no plan for a host. */
export function problemOf({ name }: Pick<Host, 'name'>, answer: NoAnswer): PlanProblem {
  return { host: name, text: describeNoAnswer(answer), failure: answer.failure };
}

/** One line of plain text: `not reached: connection refused at bastion acme-bastion`. */
export function describeNoAnswer({ failure, findings }: NoAnswer): string {
  if (failure === undefined) {
    return findings[0]?.text ?? 'the check on the host failed';
  }
  return `not reached: ${hopFailureText(failure)}`;
}
