import type { Clock } from '../../../domain/clock.ts';
import type { Logger } from '../../../domain/logger.ts';
import type { RemoteExecutor } from '../../../domain/remote-executor.ts';
import type { ProductControl } from '../../products/product-control.ts';
import type { HostChange } from '../../rollouts/host-change.ts';
import type { DetachedJobs } from '../../rollouts/host-operations.ts';
import { createAskHost } from '../ask-host.ts';
import { afterInstall } from './after-install.ts';
import { inspectPackages } from './inspect-packages.ts';
import { createInstallStep } from './install-step.ts';
import { planOsPackages } from './os-packages-plan.ts';

export interface PackageChangeDeps {
  readonly executor: RemoteExecutor;
  readonly jobs: DetachedJobs;
  readonly products: Pick<ProductControl, 'restart'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Installs the pending updates of the operating system, all or those of security. Spec: `OsPackagesSpec`. */
export function createOsPackagesChange(deps: PackageChangeDeps): HostChange {
  const ask = createAskHost(deps);
  return {
    type: 'os_packages',
    kind: 'patch',
    plan: (spec, selection) => planOsPackages(ask, spec, selection),
    inspect: (target) => inspectPackages(deps.executor, target, 'up'),
    steps: (target) => [createInstallStep(deps, target, 'up'), ...afterInstall({ ...deps, ask }, target)],
  };
}
