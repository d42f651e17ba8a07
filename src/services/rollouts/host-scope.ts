import { UserError } from '../../domain/errors.ts';
import { HopFailure, hopFailureText } from '../../domain/hop-failure.ts';
import { withPatience } from '../../domain/patience.ts';
import { type FoundTarget, findTarget } from './find-target.ts';
import type { StepEnd } from './host-change.ts';
import type { RolloutDeps } from './rollout-deps.ts';

export type Failed = Extract<StepEnd, { ok: false }>;

export interface HostOfRollout {
  readonly rolloutId: string;
  readonly host: string;
}

export type RunStep = (found: FoundTarget) => Promise<StepEnd>;

/** One host of a running rollout, and how its steps are taken. */
export interface HostScope extends HostOfRollout {
  readonly deps: RolloutDeps;
  /** As the store and the configuration have it now. */
  find(): Promise<FoundTarget>;
  /** Says on the card what is being done. */
  show(step: string): Promise<void>;
  /** Shows it on the card. Waits while something outside is away for a moment; what does not come back is a failure of the host. */
  step(name: string, run: RunStep, signal: AbortSignal): Promise<StepEnd>;
  /** The same without showing it: the card goes on to show the step before. */
  aside(name: string, run: RunStep, signal: AbortSignal): Promise<StepEnd>;
  failure(error: unknown, what: string): Failed;
}

export function createHostScope(of: HostOfRollout, deps: RolloutDeps): HostScope {
  const { rolloutId, host } = of;
  const { store, cards, clock, patienceMs } = deps;
  const find = () => findTarget(of, deps);
  const failure = (error: unknown, what: string) => describeFailure(error, { ...of, what }, deps);

  async function show(step: string): Promise<void> {
    await store.saveHost(rolloutId, host, { state: 'in_progress', step });
    await cards.redraw(rolloutId);
  }

  async function patiently(name: string, attempt: () => Promise<StepEnd>, signal: AbortSignal): Promise<StepEnd> {
    try {
      return await withPatience(attempt, { clock, patienceMs }, signal);
    } catch (error) {
      if (signal.aborted) {
        throw error; // The engine stops: whoever takes over runs this step again.
      }
      return failure(error, `"${name}" failed inside msops`);
    }
  }

  async function shown(name: string, run: RunStep): Promise<StepEnd> {
    await show(name);
    return run(await find());
  }

  return {
    ...{ ...of, deps, find, show, failure },
    step: (name, run, signal) => patiently(name, () => shown(name, run), signal),
    aside: (name, run, signal) => patiently(name, async () => run(await find()), signal),
  };
}

function describeFailure(error: unknown, about: HostOfRollout & { what: string }, { logger }: RolloutDeps): Failed {
  if (error instanceof HopFailure) {
    return {
      ok: false,
      reason: `not reached any more: ${hopFailureText(error.facts)}`,
      advice: 'Look whether the host is up.',
    };
  }
  if (error instanceof UserError) {
    return { ok: false, reason: error.message, advice: error.hint };
  }
  const { rolloutId, host, what } = about;
  logger.error('Change of a host failed', { rollout: rolloutId, host, error });
  return { ok: false, reason: what, advice: `The log of msops has the cause, under ${rolloutId}.` };
}
