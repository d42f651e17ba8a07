import type { Clock } from '../../domain/clock.ts';
import { HopFailure, hopFailureText } from '../../domain/hop-failure.ts';
import type { Product } from '../../domain/inventory.ts';
import type { Logger } from '../../domain/logger.ts';
import type { RemoteExecutor } from '../../domain/remote-executor.ts';
import type { StepEnd } from '../rollouts/host-change.ts';
import type { HostInEnvironment } from '../rollouts/host-operations.ts';
import { createProductHands, type ProductHands } from './product-hands.ts';
import { UnreadableProduct } from './product-processes.ts';
import { startProduct } from './start-product.ts';
import { stopProduct } from './stop-product.ts';
import { LOOK_AGAIN_MS } from './timing.ts';

/**
 * Stops and starts a product by its systemd unit, when the inventory has one, else by its own script as its service
 * user. Neither is believed: what counts is the JVM, and what its log says. Each may be asked twice.
 *
 * A host that does not answer is asked again until the deadline; what it began goes on meanwhile. Rejects only when the
 * signal aborts.
 */
export interface ProductControl {
  /** Until no JVM of the product is left: the start deadline of the environment, 5 min at most. Never by SIGKILL. */
  stop(target: HostInEnvironment, product: Product, signal: AbortSignal): Promise<StepEnd>;
  /** Until its JVM is up and its log says that it has started. Whether it is well is the health gate's question. */
  start(target: HostInEnvironment, product: Product, signal: AbortSignal): Promise<StepEnd>;
  /** Does not start what did not stop. */
  restart(target: HostInEnvironment, product: Product, signal: AbortSignal): Promise<StepEnd>;
}

export interface ProductControlDeps {
  readonly executor: RemoteExecutor;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What one stop or start has at hand. */
export interface ProductJob {
  readonly product: Product;
  readonly hands: ProductHands;
  readonly clock: Clock;
  /** Milliseconds since 1970. */
  readonly deadlineAt: number;
  /** How long a start of this product may take, by its environment. */
  readonly startMs: number;
  readonly signal: AbortSignal;
}

const LONGEST_STOP_MS = 300_000;

export function createProductControl({ executor, clock, logger }: ProductControlDeps): ProductControl {
  type Asking = [target: HostInEnvironment, product: Product, signal: AbortSignal];

  /** A question that was lost on the way may have arrived, so its outcome is looked for before it is asked again. */
  async function lead(work: (job: ProductJob) => Promise<StepEnd>, asking: Asking, forMs: number): Promise<StepEnd> {
    const [target, product, signal] = asking;
    const { startDeadlineMs: startMs } = target.environment.rollout;
    const deadlineAt = clock.now().getTime() + forMs;
    const hands = createProductHands(executor, target, product);
    const patiently = <T>(ask: () => Promise<T>, pauseMs: number): Promise<T> =>
      untilAnswered(ask, { pauseMs, deadlineAt, signal, host: target.host.name });
    const look: ProductHands['look'] = (question) => patiently(() => hands.look(question), LOOK_AGAIN_MS);
    const job = { product, hands: { ...hands, look }, clock, deadlineAt, startMs, signal };
    return patiently(() => work(job), ASK_AGAIN_MS).catch(failureOf);
  }

  interface Patience {
    readonly pauseMs: number;
    readonly deadlineAt: number;
    readonly signal: AbortSignal;
    readonly host: string;
  }

  async function untilAnswered<T>(ask: () => Promise<T>, patience: Patience): Promise<T> {
    for (;;) {
      patience.signal.throwIfAborted();
      try {
        return await ask();
      } catch (error) {
        if (!isOfHost(error) || clock.now().getTime() >= patience.deadlineAt) {
          throw error;
        }
        logger.warn('Product could not be looked at, trying again', { host: patience.host, error });
        await clock.sleep(patience.pauseMs, patience.signal);
      }
    }
  }

  const stopMs = ({ environment }: HostInEnvironment) => Math.min(environment.rollout.startDeadlineMs, LONGEST_STOP_MS);
  const stop = (...asking: Asking) => lead(stopProduct, asking, stopMs(asking[0]));
  const start = (...asking: Asking) => lead(startProduct, asking, asking[0].environment.rollout.startDeadlineMs);

  return {
    stop,
    start,
    async restart(...asking) {
      const stopped = await stop(...asking);
      return stopped.ok ? start(...asking) : stopped;
    },
  };
}

/** Longer than a script takes from being asked to a JVM that can be seen. */
const ASK_AGAIN_MS = 10_000;

function isOfHost(error: unknown): error is HopFailure | UnreadableProduct {
  return error instanceof HopFailure || error instanceof UnreadableProduct;
}

function failureOf(error: unknown): StepEnd {
  if (!isOfHost(error)) {
    throw error;
  }
  return {
    ok: false,
    reason: error instanceof HopFailure ? `the host could not be asked: ${hopFailureText(error.facts)}` : error.message,
    advice: 'Check the way to the host (`/msops connect`) and its account, then look at the product.',
  };
}
