import type { StepEnd } from './host-change.ts';
import type { HostScope } from './host-scope.ts';
import type { RolloutHost } from './rollout.ts';

/** `skipped`: the rollout was aborted before its turn. */
export type HostEnd = StepEnd | 'skipped';

/** Its alerts come back at once when it is well; else when the time is over, so that people can look at it in peace. */
export async function endMaintenance({ deps, rolloutId, host }: HostScope, end: StepEnd): Promise<void> {
  const rollout = await deps.store.find(rolloutId);
  if (end.ok && rollout !== undefined) {
    const { customer, environment } = rollout;
    await deps.maintenances.end({ customer, environment, host, owner: rolloutId });
  }
}

/** In the store first, then in the audit log, then in Slack. */
export async function endHost({ deps, rolloutId, host }: HostScope, end: HostEnd): Promise<void> {
  const { store, audit, cards, clock } = deps;
  await store.saveHost(rolloutId, host, { ...outcomeOf(end), endedAt: clock.now() });
  const rollout = await store.find(rolloutId);
  if (rollout !== undefined && end !== 'skipped') {
    const { customer, environment, plan } = rollout;
    await audit.append({
      ...{ actor: 'msops', actorName: 'msops', action: 'host.change', requestId: rolloutId },
      ...{ customer, environment, hosts: [host] },
      result: end.ok ? 'succeeded' : 'failed',
      reason: end.ok ? end.note : end.reason,
      after: { change: plan.type, lines: plan.hosts.find((one) => one.host === host)?.lines },
    });
    await cards.hostEnded(rolloutId, host);
  }
  await cards.redraw(rolloutId);
}

function outcomeOf(end: HostEnd): Partial<RolloutHost> {
  if (end === 'skipped') {
    return { state: 'skipped', note: 'the rollout was aborted before its turn' };
  }
  return end.ok
    ? { state: 'done', note: end.note, output: end.output }
    : { state: 'failed', note: end.reason, advice: end.advice, output: end.output };
}
