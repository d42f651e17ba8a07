import type { ChangePlan, ChangeSpec } from '../../rollouts/host-change.ts';
import { type PackageStep, readPackageWork } from './package-work.ts';

/** What is to go back, by host. */
export interface OsPackagesUndoSpec {
  /** Id of the rollout that is undone. */
  readonly of: string;
  readonly hosts: Readonly<Record<string, readonly Pick<PackageStep, 'name' | 'arch' | 'to'>[]>>;
}

export interface DoneRollout {
  readonly id: string;
  readonly plan: ChangePlan;
  /** Names of the hosts that were changed. */
  readonly hosts: readonly string[];
}

/**
 * The spec of `os_packages_undo` for a rollout of `os_packages`: every package that was there before, to the version
 * that it had. What came new stays. `undefined` when nothing can go back.
 */
export function undoSpecOf({ id, plan, hosts }: DoneRollout): ChangeSpec | undefined {
  const changed = plan.type === 'os_packages' ? plan.hosts.filter(({ host }) => hosts.includes(host)) : [];
  const back = changed.flatMap(({ host, work }) => {
    const { packages, along } = readPackageWork(work);
    const steps = [...packages, ...along].flatMap(({ name, arch, from }) =>
      from === undefined ? [] : [{ name, ...(arch === undefined ? {} : { arch }), to: from }],
    );
    return steps.length > 0 ? [[host, steps] as const] : [];
  });
  return back.length > 0 ? { of: id, hosts: Object.fromEntries(back) } : undefined;
}

export function readUndoSpec(spec: ChangeSpec): OsPackagesUndoSpec {
  return spec as unknown as OsPackagesUndoSpec;
}
