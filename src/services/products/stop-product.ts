import type { Product } from '../../domain/inventory.ts';
import type { StepEnd } from '../rollouts/host-change.ts';
import type { ProductJob } from './product-control.ts';
import type { Asked } from './product-hands.ts';
import type { ProductProcesses, UnitState } from './product-processes.ts';
import { LOOK_AGAIN_MS } from './timing.ts';

/** @throws {HopFailure} @throws {UnreadableProduct} when nobody can look; it may be called again. */
export async function stopProduct(job: ProductJob): Promise<StepEnd> {
  const { product, hands, clock, deadlineAt, signal } = job;
  let seen = await hands.look();
  if (isStopped(seen)) {
    return { ok: true, note: `${product.name} was not running` };
  }
  const asked = await ask(job, seen);
  if (!asked.taken) {
    return { ok: false, reason: `${product.name} was not stopped; ${asked.why}` };
  }
  while (clock.now().getTime() < deadlineAt) {
    await clock.sleep(LOOK_AGAIN_MS, signal);
    signal.throwIfAborted();
    seen = await hands.look({ logLines: LOG_LINES });
    if (isStopped(seen)) {
      return { ok: true, note: `${product.name} has stopped` };
    }
  }
  return stillThere(product, seen);
}

const LOG_LINES = 15;

/** A unit that is up would start the JVM again. */
function isStopped({ servers, unit }: ProductProcesses): boolean {
  return servers.length === 0 && !isUp(unit);
}

function isUp(unit: UnitState | undefined): boolean {
  return unit !== undefined && !['inactive', 'failed'].includes(unit.active);
}

/** What somebody started by hand is none of systemd's: stopping its unit would do nothing. */
function ask({ product, hands }: ProductJob, seen: ProductProcesses): Promise<Asked> {
  return product.unit !== undefined && isUp(seen.unit)
    ? hands.askUnit('stop', product.unit)
    : hands.askScript('stop', seen.pidFile);
}

function stillThere({ name, unit: unitName }: Product, { servers, unit, logEnd }: ProductProcesses): StepEnd {
  const [server] = servers;
  const left =
    server === undefined ? `its unit is still ${unit?.active}` : `its JVM (pid ${server.pid}) is still there`;
  return {
    ok: false,
    reason: `${name} did not stop in time: ${left}`,
    advice:
      server === undefined
        ? `Look at it with \`systemctl status ${unitName}\`.`
        : `Take a thread dump (\`jcmd ${server.pid} Thread.print\`) to see what it waits for; whether it may be killed is for a person to decide.`,
    output: logEnd,
  };
}
