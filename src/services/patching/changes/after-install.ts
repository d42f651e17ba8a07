import type { ChangeTarget, HostChangeStep } from '../../rollouts/host-change.ts';
import { createRebootStep, type RebootDeps } from './reboot-step.ts';
import { createRestartProduct, type RestartProductDeps } from './restart-product.ts';
import { createRestartServices } from './restart-services.ts';

export type AfterInstallDeps = RebootDeps & RestartProductDeps;

/** What follows when packages have changed, as far as the environment allows it. */
export function afterInstall(deps: AfterInstallDeps, { environment, host }: ChangeTarget): readonly HostChangeStep[] {
  const { restart, reboot } = environment.rollout;
  return [
    ...(restart === 'needed'
      ? [createRestartServices(deps), ...host.products.map((product) => createRestartProduct(deps, product))]
      : []),
    ...(reboot === 'needed' ? [createRebootStep(deps)] : []),
  ];
}
