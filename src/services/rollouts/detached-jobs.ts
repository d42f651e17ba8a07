import type { Clock } from '../../domain/clock.ts';
import { UserError } from '../../domain/errors.ts';
import { describeExit } from '../../domain/probe-output.ts';
import type { CommandResult, RemoteExecutor, RemoteTarget } from '../../domain/remote-executor.ts';
import type { DetachedJobs, JobState } from './host-operations.ts';
import { lookAtJob, startJob } from './job-command.ts';
import { OUTPUT_BYTES, parseJobState } from './job-state.ts';
import { waitForJob } from './wait-for-job.ts';

export interface DetachedJobsDeps {
  readonly executor: RemoteExecutor;
  readonly clock: Clock;
}

/** One round trip. To start one takes as long as the host needs to begin it, 10 s at most. */
const DEADLINE_MS = 30_000;
/** Replaced characters are longer than the bytes that they stand for. */
const MAX_BYTES = 4 * OUTPUT_BYTES;

/**
 * Jobs in `$HOME/.msops/jobs/<id>` of the login user. What is older than two weeks goes when another one is started.
 *
 * @throws {UserError} from `start` and `run` when the host refuses the job, from all when it gives no usable answer.
 */
export function createDetachedJobs({ executor, clock }: DetachedJobsDeps): DetachedJobs {
  const options = (signal?: AbortSignal) => ({ deadlineMs: DEADLINE_MS, maxOutputBytes: MAX_BYTES, signal });

  const jobs: DetachedJobs = {
    async start(target, job) {
      await start(target, job);
    },

    look: (target, id) => look(target, id),

    run: (target, job, { deadlineMs, signal }) =>
      waitForJob({
        start: () => start(target, job, signal),
        look: () => look(target, job.id, signal),
        clock,
        deadline: clock.now().getTime() + deadlineMs,
        signal,
      }),
  };

  async function start(
    target: RemoteTarget,
    job: Parameters<DetachedJobs['start']>[1],
    signal?: AbortSignal,
  ): Promise<void> {
    const { command, stdin } = startJob(job);
    answered(target, await executor.run(target, command, { ...options(signal), stdin }));
  }

  async function look(target: RemoteTarget, id: string, signal?: AbortSignal): Promise<JobState> {
    const result = answered(target, await executor.run(target, lookAtJob(id), options(signal)));
    const state = parseJobState(result.stdout);
    if (state === undefined) {
      throw unusable(target, describeExit(result));
    }
    return state;
  }

  return jobs;
}

function answered({ endpoint }: RemoteTarget, result: CommandResult): CommandResult {
  if (result.exitCode !== 0) {
    throw unusable({ endpoint }, describeExit(result));
  }
  return result;
}

function unusable({ endpoint }: Pick<RemoteTarget, 'endpoint'>, cause: string): UserError {
  return new UserError(`A job on ${endpoint.name} could not be begun or looked at: ${cause}.`, {
    hint: `The account \`${endpoint.user}\` needs \`sudo -n sh\` and room in its home directory.`,
  });
}
