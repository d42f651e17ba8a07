import type { ChangePlan, HostPlan } from './host-change.ts';

type Compared = Pick<ChangePlan, 'hosts'>;

/**
 * What is not as it was approved: one line a difference, plain text; empty when nothing that people read has changed.
 * For plans without problems: one that has them is not asked about again.
 */
export function comparePlans(before: Compared, now: Compared): readonly string[] {
  const old = new Map(before.hosts.map((plan) => [plan.host, plan]));
  const fresh = new Map(now.hosts.map((plan) => [plan.host, plan]));
  return [
    ...before.hosts.filter(({ host }) => !fresh.has(host)).map(({ host }) => `${host}: nothing is to be done any more`),
    ...now.hosts.flatMap((plan) => compareHost(old.get(plan.host), plan)),
  ];
}

function compareHost(before: HostPlan | undefined, now: HostPlan): readonly string[] {
  if (before === undefined) {
    return [`${now.host}: is new in the plan`];
  }
  const gone = before.lines.filter((line) => !now.lines.includes(line));
  const come = now.lines.filter((line) => !before.lines.includes(line));
  return [
    ...gone.map((line) => `${now.host}: not any more: ${line}`),
    ...come.map((line) => `${now.host}: new: ${line}`),
  ];
}
