import type { Product } from '../../../../src/domain/inventory.ts';
import { createProductControl } from '../../../../src/services/products/product-control.ts';
import { aProduct } from '../../../support/builders.ts';
import { createFixedClock } from '../../../support/fixed-clock.ts';
import { createRecordingLogger } from '../../../support/recording-logger.ts';
import { anEnvironment } from '../../../support/world.ts';
import { createFakeProduct } from './fake-product.ts';

export const BY_SCRIPT = aProduct();
export const BY_UNIT = aProduct({ unit: 'wso2is.service' });
/** The log says so. */
export const STARTED = { log: ['77 900'], started: ['1000000 new'] };
export const unit = (active: string, load = 'loaded') => ({
  unit: [`LoadState=${load}`, `ActiveState=${active}`, 'Result=success'],
});

/** A control over one product of one host, and a clock that sleeping moves. */
export function setUpControl() {
  const fake = createFakeProduct();
  const clock = createFixedClock();
  const startedAt = clock.now().getTime();
  const control = createProductControl({ executor: fake.executor, clock, logger: createRecordingLogger() });
  const environment = anEnvironment('acme', 'prod', ['is-1']);
  const target = { environment, host: environment.hosts[0]! };
  const { signal } = new AbortController();
  return {
    fake,
    tookMs: () => clock.now().getTime() - startedAt,
    stop: (product: Product = BY_SCRIPT) => control.stop(target, product, signal),
    start: (product: Product = BY_SCRIPT) => control.start(target, product, signal),
    restart: (product: Product = BY_SCRIPT) => control.restart(target, product, signal),
    control,
    target,
  };
}
