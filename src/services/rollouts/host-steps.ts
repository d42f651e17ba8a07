import type { ChangeTarget, StepEnd } from './host-change.ts';
import type { Failed, HostScope } from './host-scope.ts';

export function drain(scope: HostScope, signal: AbortSignal): Promise<StepEnd> {
  return scope.step('out of service', ({ target }) => scope.deps.traffic.drain(target, signal), signal);
}

/** @param step as `begin` listed it. */
export function changeHost(
  scope: HostScope,
  { index, name }: { readonly index: number; readonly name: string },
  signal: AbortSignal,
): Promise<StepEnd> {
  return scope.step(
    name,
    async ({ change, target }) => {
      const found = change.steps(target)[index];
      return found?.name === name
        ? found.run(target, signal)
        : { ok: false, reason: `"${name}" is no step of this change any more`, advice: 'Ask for a new rollout.' };
    },
    signal,
  );
}

/** The host itself says whether it is done; an exit code alone proves nothing. */
export function verify(scope: HostScope, last: StepEnd, signal: AbortSignal): Promise<StepEnd> {
  return scope.step(
    'look whether it is done',
    async ({ change, target }) => {
      const { state, note } = await change.inspect(target);
      return state === 'done' ? { ok: true, note: note ?? noteOf(last), output: last.output } : undone(note, last);
    },
    signal,
  );
}

export function awaitHealth(scope: HostScope, signal: AbortSignal): Promise<StepEnd> {
  return scope.step(
    'wait until it is well',
    async ({ target, rollout }) => {
      const deadlineMs = rollout.settings.startDeadlineMs;
      const verdict = await scope.deps.health.waitUntilHealthy(target, { deadlineMs, signal });
      return verdict.healthy ? { ok: true } : unwell(verdict.reason, deadlineMs);
    },
    signal,
  );
}

export function ready(scope: HostScope, signal: AbortSignal): Promise<StepEnd> {
  return scope.step('back in service', ({ target }) => scope.deps.traffic.ready(target, signal), signal);
}

export function observe(scope: HostScope, signal: AbortSignal): Promise<StepEnd> {
  return scope.step(
    'observe',
    async ({ target }) => {
      const verdict = await scope.deps.health.check(target);
      return verdict.healthy
        ? { ok: true }
        : {
            ok: false,
            reason: `was well after the change and is not any more: ${verdict.reason}`,
            advice: 'It is in service.',
          };
    },
    signal,
  );
}

/** It could not be changed: if it is well nevertheless, it goes back in service. What failed first stays what failed. */
export async function rescue(scope: HostScope, failed: Failed, signal: AbortSignal): Promise<StepEnd> {
  const back = await scope.aside(
    'see to it after the failure',
    ({ target }) => bringBack(scope, target, signal),
    signal,
  );
  const words = back.ok ? back.note : `It stays out of service: ${back.reason}.`;
  return { ...failed, advice: [failed.advice, words].filter(Boolean).join(' ') };
}

async function bringBack({ deps }: HostScope, target: ChangeTarget, signal: AbortSignal): Promise<StepEnd> {
  if (target.host.drain === undefined) {
    return { ok: true };
  }
  const verdict = await deps.health.check(target);
  if (!verdict.healthy) {
    return { ok: false, reason: verdict.reason };
  }
  const back = await deps.traffic.ready(target, signal);
  return back.ok ? { ok: true, note: 'It is well and back in service.' } : back;
}

function noteOf(end: StepEnd): string | undefined {
  return end.ok ? end.note : undefined;
}

function undone(note: string | undefined, last: StepEnd): StepEnd {
  const reason = `it ended without a failure and is not done${note === undefined ? '' : `: ${note}`}`;
  return { ok: false, reason, advice: 'Look at the output and at the host.', output: last.output };
}

function unwell(reason: string, deadlineMs: number): StepEnd {
  const within = deadlineMs < 60_000 ? `${Math.round(deadlineMs / 1_000)} s` : `${Math.round(deadlineMs / 60_000)} min`;
  return {
    ok: false,
    reason: `changed, and not well within ${within}: ${reason}`,
    advice: 'It stays out of service. Look at its application log.',
  };
}
