import { isInCidrs } from '../../domain/cidr.ts';
import type { Clock } from '../../domain/clock.ts';
import { HopFailure } from '../../domain/hop-failure.ts';
import type { AccessPath, Host } from '../../domain/inventory.ts';
import type { Logger } from '../../domain/logger.ts';
import type { RemoteCommand } from '../../domain/remote-command.ts';
import type { RemoteExecutor, RemoteTarget } from '../../domain/remote-executor.ts';
import type { StepOutcome } from './path-step.ts';

/** Connect, log in, run one command. */
const HOP_DEADLINE_MS = 10_000;

/** First field: the address that the hop saw us come from. */
const SHOW_CONNECTION: RemoteCommand = ['sh', '-c', 'printf "%s\\n" "$SSH_CONNECTION"'];
const DO_NOTHING: RemoteCommand = ['true'];

export interface HopDeps {
  readonly executor: RemoteExecutor;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** @param index of the bastion, from the outermost. */
export async function checkBastion(path: AccessPath, index: number, deps: HopDeps): Promise<StepOutcome> {
  const endpoint = path.bastions[index];
  if (endpoint === undefined) {
    throw new RangeError(`There is no bastion ${index}.`);
  }
  const target = { endpoint, path: { ...path, bastions: path.bastions.slice(0, index) } };
  const answer = await run(target, SHOW_CONNECTION, deps);
  if ('outcome' in answer) {
    return asBastion(answer.outcome);
  }
  const source = /^(\S+) \d+ /.exec(answer.stdout)?.[1];
  // Only the outermost bastion sees the address that the customer's firewall lets in.
  return judgeSource({ source, ms: answer.ms, allowed: index === 0 ? path.allowedSources : [] });
}

/** To the executor the end of the way is a host; what is said about a bastion differs. */
function asBastion(outcome: StepOutcome): StepOutcome {
  const { failure } = outcome;
  return failure?.role === 'host' ? { ...outcome, failure: { ...failure, role: 'bastion' } } : outcome;
}

interface SourceFacts {
  readonly source: string | undefined;
  readonly ms: number;
  readonly allowed: readonly string[];
}

function judgeSource({ source, ms, allowed }: SourceFacts): StepOutcome {
  const answered = `answers in ${ms} ms`;
  if (source === undefined) {
    return { state: 'ok', detail: `${answered}; it runs no commands for us, so the address it saw is unknown` };
  }
  if (allowed.length === 0) {
    return { state: 'ok', detail: `${answered}; it saw us as ${source}` };
  }
  return isInCidrs(source, allowed)
    ? { state: 'ok', detail: `${answered}; it saw us as ${source}, which is in the allowlist` }
    : {
        state: 'warning',
        detail: `${answered}; it saw us as ${source}, which is not in the configured allowlist (${allowed.join(', ')})`,
        next: `Ask the customer to allow ${source}, or correct \`allowed_sources\` in msops.yml.`,
      };
}

export async function checkHostLogin(host: Host, path: AccessPath, deps: HopDeps): Promise<StepOutcome> {
  const answer = await run({ endpoint: host.ssh, path }, DO_NOTHING, deps);
  if ('outcome' in answer) {
    return answer.outcome;
  }
  return answer.exitCode === 0
    ? { state: 'ok', detail: `logged in, ${answer.ms} ms` }
    : {
        state: 'warning',
        detail: `logged in, but \`true\` ended with ${answer.exitCode ?? 'a signal'}`,
        next: `Look at the login shell of \`${host.ssh.user}\` on the host.`,
      };
}

type Answer =
  | { readonly stdout: string; readonly exitCode: number | null; readonly ms: number }
  | { readonly outcome: StepOutcome };

async function run(target: RemoteTarget, command: RemoteCommand, deps: HopDeps): Promise<Answer> {
  const startedAt = deps.clock.now().getTime();
  try {
    const { stdout, exitCode } = await deps.executor.run(target, command, { deadlineMs: HOP_DEADLINE_MS });
    return { stdout, exitCode, ms: deps.clock.now().getTime() - startedAt };
  } catch (error) {
    if (error instanceof HopFailure) {
      return { outcome: { state: 'broken', failure: error.facts } };
    }
    deps.logger.error('Hop check failed', { hop: target.endpoint.name, error });
    return { outcome: { state: 'unknown', detail: 'the check failed inside msops; its log has the cause' } };
  }
}
