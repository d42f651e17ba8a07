import { withPatience } from '../../domain/patience.ts';
import type { FoundTarget } from './find-target.ts';
import type { Failed, HostScope } from './host-scope.ts';
import { judgeRoom } from './judge-room.ts';
import { keptOf } from './plan-waves.ts';

/** Plain JSON, for the engine remembers it: the steps are those of this moment, also after a reload. */
export type Begun =
  | { readonly kind: 'to_do'; readonly steps: readonly string[]; readonly observeMs: number }
  | { readonly kind: 'failed'; readonly end: Failed }
  | { readonly kind: 'skipped' };

/** Is there room to take the host out, and what is left to do on it? A host that is done has no steps. */
export async function beginHost(scope: HostScope, signal: AbortSignal): Promise<Begun> {
  const { deps, rolloutId } = scope;
  const rollout = await deps.store.find(rolloutId);
  if (rollout?.control.wish === 'abort') {
    return { kind: 'skipped' };
  }
  try {
    const { clock, patienceMs } = deps;
    return await withPatience(() => look(scope), { clock, patienceMs }, signal);
  } catch (error) {
    if (signal.aborted) {
      throw error;
    }
    return { kind: 'failed', end: scope.failure(error, 'the host could not be looked at') };
  }
}

async function look(scope: HostScope): Promise<Begun> {
  const { deps, rolloutId, host } = scope;
  await deps.store.saveHost(rolloutId, host, { startedAt: deps.clock.now() });
  await scope.show('look whether there is room');
  const found = await scope.find();
  const problem = await findNoRoom(scope, found);
  return problem === undefined
    ? lookAtWork(scope, found)
    : { kind: 'failed', end: { ok: false, reason: problem, advice: 'Bring the others back first.' } };
}

/** Hosts of the same wave are taken for out of service: they are changed at the same time. */
async function findNoRoom({ host, deps }: HostScope, { rollout, target }: FoundTarget): Promise<string | undefined> {
  const { environment, host: own } = target;
  const mates = rollout.waves.find((wave) => wave.includes(host)) ?? [];
  const others = environment.hosts.filter(({ role, name }) => role === own.role && !mates.includes(name));
  const verdicts = others.map(async (other) => ({
    host: other.name,
    verdict: await deps.health.check({ environment, host: other }),
  }));
  const kept = keptOf(own.role, rollout.settings);
  return judgeRoom({ host, role: own.role, kept, others: await Promise.all(verdicts) });
}

async function lookAtWork(
  { deps, rolloutId, host }: HostScope,
  { rollout, target, change }: FoundTarget,
): Promise<Begun> {
  const { clock, maintenances } = deps;
  const { state } = await change.inspect(target);
  const { customer, environment, plan, settings } = rollout;
  const until = new Date(clock.now().getTime() + settings.maintenanceMs);
  await maintenances.begin({ customer, environment, host, owner: rolloutId, reason: plan.title, until });
  const steps = state === 'done' ? [] : change.steps(target).map(({ name }) => name);
  return { kind: 'to_do', steps, observeMs: settings.observeMs };
}
