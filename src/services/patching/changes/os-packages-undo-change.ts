import type { HostChange } from '../../rollouts/host-change.ts';
import { createAskHost } from '../ask-host.ts';
import { afterInstall } from './after-install.ts';
import { inspectPackages } from './inspect-packages.ts';
import { createInstallStep } from './install-step.ts';
import type { PackageChangeDeps } from './os-packages-change.ts';
import { planUndo } from './os-packages-undo-plan.ts';

/** Goes back to the versions before a rollout of `os_packages`. Spec: `OsPackagesUndoSpec`, made by `undoSpecOf`. */
export function createOsPackagesUndoChange(deps: PackageChangeDeps): HostChange {
  const ask = createAskHost(deps);
  return {
    type: 'os_packages_undo',
    kind: 'patch',
    plan: (spec, selection) => planUndo(ask, spec, selection),
    inspect: (target) => inspectPackages(deps.executor, target, 'down'),
    steps: (target) => [createInstallStep(deps, target, 'down'), ...afterInstall({ ...deps, ask }, target)],
  };
}
