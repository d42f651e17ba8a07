import { UserError } from '../../domain/errors.ts';
import type { Product } from '../../domain/inventory.ts';
import type { Logger } from '../../domain/logger.ts';
import type { RemoteExecutor } from '../../domain/remote-executor.ts';
import { remoteOf } from '../../domain/remote-target.ts';
import { scrubSecrets } from '../../domain/scrub.ts';
import type { ChangeTarget, StepEnd } from '../rollouts/host-change.ts';
import type { DetachedJobs, JobState } from '../rollouts/host-operations.ts';
import { askPack } from './ask-pack.ts';
import { explainEnd } from './explain-end.ts';
import { isUnchanged, type PackSample, updateLevelOf } from './pack-sample.ts';
import type { ProductControl } from './product-control.ts';
import { type UpdateCredentials, updateJob } from './update-job.ts';

export interface PackChangeDeps {
  readonly executor: RemoteExecutor;
  readonly jobs: DetachedJobs;
  readonly control: ProductControl;
  /** `undefined`: msops has no account for WSO2's updates. */
  readonly credentials: UpdateCredentials | undefined;
  readonly logger: Logger;
}

/** One run of the update tool. */
export interface ToolRun {
  readonly what: 'update' | 'revert';
  readonly product: Product;
  readonly program: string;
  readonly arguments: readonly string[];
  readonly from: number;
  /** Whether the pack is where it should be. */
  isReached(sample: PackSample): boolean;
  /** What stands in the way now, though it did not when it was planned. */
  problems(sample: PackSample): readonly string[];
}

const SHOWN_OUTPUT = 4_000;

/**
 * Runs the tool once for this rollout, however often it is called: the job on the host is found again. When it was not
 * run, or failed and has changed nothing, the product is started again; it stays stopped with a pack that is half-way or
 * cannot be read, and the advice says so.
 */
export async function runTool(
  target: ChangeTarget,
  run: ToolRun,
  { deps, signal }: { readonly deps: PackChangeDeps; readonly signal: AbortSignal },
): Promise<StepEnd> {
  const { jobs, credentials } = deps;
  const remote = remoteOf(target);
  const id = `${target.rolloutId}-${run.what}-${run.product.name}`.replaceAll(/[^A-Za-z0-9-]/g, '-');
  const begun = await jobs.look(remote, id);
  const early = begun.kind === 'absent' ? await beforeRun(target, run, { deps, signal }) : undefined;
  if (early) {
    return early;
  }
  const job = updateJob({ ...run, id, credentials });
  const deadlineMs = target.environment.rollout.changeDeadlineMs;
  const state = await jobs.run(remote, job, { deadlineMs, signal }).catch(async (error: unknown) => {
    // The tool may run all the same: only a job that is not there has never begun.
    if (error instanceof UserError && (await jobs.look(remote, id)).kind === 'absent') {
      return error;
    }
    throw error;
  });
  return state instanceof UserError
    ? restart(target, run, { deps, signal, reason: state.message, advice: state.hint ?? '' })
    : conclude(target, run, { deps, signal, state });
}

async function beforeRun(target: ChangeTarget, run: ToolRun, { deps, signal }: Ended): Promise<StepEnd | undefined> {
  const sample = await askPack(target, run.product, deps);
  const { name } = run.product;
  if ('unreadable' in sample) {
    const advice = `${name} stays stopped: its pack could not be read. Nothing was changed.`;
    return { ok: false, reason: sample.unreadable, advice };
  }
  if (run.isReached(sample)) {
    return { ok: true, note: 'was there already' };
  }
  const problems = [
    ...run.problems(sample),
    ...(sample.running === false ? [] : [`${name} has to be stopped for it, and is not known to be`]),
  ];
  return problems.length > 0 ? refuse(target, run, { deps, signal, sample, reason: problems.join('; ') }) : undefined;
}

/** It was stopped for this: whoever refuses now has to see to it that it runs again. */
async function refuse(
  target: ChangeTarget,
  run: ToolRun,
  { deps, signal, sample, reason }: Ended & { readonly sample: PackSample; readonly reason: string },
): Promise<StepEnd> {
  const advice = 'Nothing was changed. Mend it and ask for a new rollout.';
  if (sample.running === true) {
    return { ok: false, reason, advice };
  }
  return isUnchanged(sample, run.from)
    ? restart(target, run, { deps, signal, reason, advice })
    : { ok: false, reason, advice: `${run.product.name} stays stopped: its pack is not as it was planned. ${advice}` };
}

interface Ended {
  readonly deps: PackChangeDeps;
  readonly signal: AbortSignal;
}

async function conclude(target: ChangeTarget, run: ToolRun, ended: Ended & { state: JobState }): Promise<StepEnd> {
  const { deps, state } = ended;
  const answer = await askPack(target, run.product, deps);
  const after = 'unreadable' in answer ? undefined : answer;
  const isReached = after !== undefined && run.isReached(after);
  const end = explainEnd({ state, after, from: run.from, isReached, what: run.what });
  const output = shownOutput(state, deps.credentials);
  if (end.ok) {
    return { ok: true, note: levelNote(run.from, after), output };
  }
  const { reason, advice } = end;
  return end.isIntact
    ? restart(target, run, { ...ended, reason, advice, output })
    : { ok: false, reason, advice: `${run.product.name} stays stopped: its pack may be half-way. ${advice}`, output };
}

async function restart(
  target: ChangeTarget,
  { product, from }: ToolRun,
  failure: Ended & { readonly reason: string; readonly advice: string; readonly output?: string },
): Promise<StepEnd> {
  const { deps, signal, reason, advice, output } = failure;
  const started = await deps.control.start(target, product, signal);
  const words = started.ok
    ? `${product.name} was started again at update level ${from}.`
    : `${product.name} was to be started again as it was, and: ${started.reason}.`;
  return { ok: false, reason, advice: `${words} ${advice}`.trim(), output };
}

function shownOutput(state: JobState, credentials: UpdateCredentials | undefined): string {
  const output = 'output' in state ? state.output : '';
  const known = credentials?.password.reveal() ?? '';
  const without = known === '' ? output : output.replaceAll(known, '[secret]');
  return scrubSecrets(without).slice(-SHOWN_OUTPUT);
}

function levelNote(from: number, after: PackSample | undefined): string | undefined {
  const level = after && updateLevelOf(after);
  return level === undefined ? undefined : `update level ${from} → ${level}`;
}
