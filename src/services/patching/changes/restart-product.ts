import type { Product } from '../../../domain/inventory.ts';
import type { RemoteExecutor } from '../../../domain/remote-executor.ts';
import { remoteOf } from '../../../domain/remote-target.ts';
import { homeOf } from '../../../domain/server-shell.ts';
import type { ProductControl } from '../../products/product-control.ts';
import type { HostChangeStep } from '../../rollouts/host-change.ts';
import { asRoot } from './as-root.ts';
import { STALE_SCRIPT } from './restart-script.ts';

export interface RestartProductDeps {
  readonly executor: RemoteExecutor;
  readonly products: Pick<ProductControl, 'restart'>;
}

const RUN_OPTIONS = { deadlineMs: 30_000 };

/** A JVM keeps the files that it was started with, also those of a Java that was replaced. */
export function createRestartProduct({ executor, products }: RestartProductDeps, { name }: Product): HostChangeStep {
  return {
    name: `restart ${name}`,
    async run(target, signal) {
      const product = target.host.products.find((one) => one.name === name);
      if (product === undefined) {
        return { ok: false, reason: `${name} is not in the configuration of ${target.host.name} any more` };
      }
      const options = { ...RUN_OPTIONS, signal };
      const { stdout } = await executor.run(remoteOf(target), asRoot(STALE_SCRIPT, homeOf(product)), options);
      const state = stdout.trim();
      if (state === 'fresh') {
        return { ok: true, note: `${name} runs on no replaced file` };
      }
      // When it is down, this step may have died between stopping and starting it.
      return state === 'stale' || state === 'absent'
        ? products.restart(target, product, signal)
        : { ok: true, note: `whether ${name} runs on replaced files could not be told, so it was not restarted` };
    },
  };
}
