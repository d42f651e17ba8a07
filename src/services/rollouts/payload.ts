import type { Rollout } from './rollout.ts';

type Approved = Pick<Rollout, 'customer' | 'environment' | 'plan' | 'waves' | 'settings' | 'startAt'>;

/** What an approval of a rollout is of: everything that decides what is done where, when and how. */
export function payloadOf({ customer, environment, plan, waves, settings, startAt }: Approved): unknown {
  return {
    ...{ customer, environment, waves, settings },
    change: { type: plan.type, kind: plan.kind, spec: plan.spec },
    hosts: plan.hosts.map(({ host, role, work }) => ({ host, role, work })),
    startAt: startAt?.toISOString() ?? null,
  };
}
