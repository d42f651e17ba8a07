import type { StepEnd } from '../rollouts/host-change.ts';
import type { ProductJob } from './product-control.ts';
import type { Asked } from './product-hands.ts';
import type { LogPosition, ProductProcesses } from './product-processes.ts';
import { LOOK_AGAIN_MS } from './timing.ts';

/** A JVM that is not there yet, or is being started again by its script, may be absent for so long. */
const ABSENCE_MS = 30_000;
/** The product writes no log that can be read: a JVM that has stayed for so long is taken for started. */
const SETTLED_MS = 20_000;
const LOG_LINES = 25;

/** @throws {HopFailure} @throws {UnreadableProduct} when nobody can look; it may be called again. */
export async function startProduct(job: ProductJob): Promise<StepEnd> {
  const before = await job.hands.look();
  if (before.servers.length > 0) {
    return awaitStart(job, { since: undefined, wasRunning: true });
  }
  const obstacle = findObstacle(job, before);
  if (obstacle) {
    return obstacle;
  }
  const asked = await ask(job, before);
  if (!asked.taken) {
    return { ok: false, reason: `${job.product.name} was not started; ${asked.why}` };
  }
  // A log that is not there yet is new from its first byte.
  return awaitStart(job, { since: before.log ?? { inode: 'none', bytes: 0 }, wasRunning: false, said: asked.said });
}

/** A unit that is up without its JVM would not be started by `start`. */
function ask({ product, hands }: ProductJob, { unit }: ProductProcesses): Promise<Asked> {
  return product.unit === undefined
    ? hands.askScript('start', undefined)
    : hands.askUnit(unit?.active === 'active' ? 'restart' : 'start', product.unit);
}

/** What would make the start script say that all is well, and start nothing. */
function findObstacle({ product }: ProductJob, { pidFile, unit }: ProductProcesses): StepEnd | undefined {
  const file = `${product.home}/wso2carbon.pid`;
  if (pidFile?.names === 'other') {
    return {
      ok: false,
      reason: `${file} names pid ${pidFile.pid}, which is another process now: the start script would take it for ${product.name} and start nothing`,
      advice: `Make sure that pid ${pidFile.pid} is not the product, remove ${file}, and try again.`,
      output: pidFile.command,
    };
  }
  if (product.unit !== undefined && unit !== undefined && unit.load !== 'loaded') {
    return {
      ok: false,
      reason: `systemd has no usable unit ${product.unit} (${unit.load})`,
      advice: 'Correct `unit` of the product in msops.yml, or install the unit.',
    };
  }
  return undefined;
}

interface Start {
  /** How far the log was read before; `undefined`: it ran already when we came. */
  readonly since: LogPosition | undefined;
  readonly wasRunning: boolean;
  /** By the script. */
  readonly said?: string;
}

async function awaitStart(job: ProductJob, start: Start): Promise<StepEnd> {
  const { hands, clock, deadlineAt, signal } = job;
  let watched: Watched = { firstSeenAt: undefined, lastSeenAt: clock.now().getTime() };
  for (;;) {
    const seen = await hands.look({ since: start.since, logLines: LOG_LINES });
    const now = clock.now().getTime();
    if (seen.servers.length > 0) {
      watched = { firstSeenAt: watched.firstSeenAt ?? now, lastSeenAt: now };
    }
    const end = judgeStart(job, seen, { ...watched, start, now });
    if (end) {
      return end;
    }
    if (now >= deadlineAt) {
      return tooLate(job, seen);
    }
    await clock.sleep(LOOK_AGAIN_MS, signal);
    signal.throwIfAborted();
  }
}

/** When the JVM was there. Milliseconds since 1970. */
interface Watched {
  readonly firstSeenAt: number | undefined;
  readonly lastSeenAt: number;
}

type Watch = Watched & { readonly start: Start; readonly now: number };

/** `undefined`: it has to be seen. */
function judgeStart(job: ProductJob, seen: ProductProcesses, watch: Watch): StepEnd | undefined {
  const { name } = job.product;
  if (seen.servers.length === 0) {
    return isGone(seen, watch.now - watch.lastSeenAt) ? gone(job, seen, watch) : undefined;
  }
  return hasStarted(job, seen, watch)
    ? { ok: true, note: watch.start.wasRunning ? `${name} was running already` : `${name} has started` }
    : undefined;
}

function hasStarted(
  { startMs }: ProductJob,
  { servers, started, nowSeconds, log }: ProductProcesses,
  { start, now, firstSeenAt = now }: Watch,
): boolean {
  const age = servers[0]?.ageSeconds;
  const bornAt = age === undefined || nowSeconds === undefined ? undefined : nowSeconds - age;
  // Both are whole seconds, cut.
  const isNewer = started?.atSeconds !== undefined && bornAt !== undefined && started.atSeconds >= bornAt - 2;
  const isOld = start.wasRunning && age !== undefined && age * 1000 >= startMs;
  const hasSettled = log === undefined && now - firstSeenAt >= SETTLED_MS;
  return started?.isNew === true || isNewer || isOld || hasSettled;
}

function isGone({ unit }: ProductProcesses, absentMs: number): boolean {
  return absentMs >= ABSENCE_MS || (unit?.active === 'failed' && absentMs > 0);
}

function gone({ product }: ProductJob, { unit, logEnd }: ProductProcesses, { start, firstSeenAt }: Watch): StepEnd {
  const wasSeen = firstSeenAt !== undefined;
  const what = wasSeen ? 'started and gone: its JVM ended again' : 'started and gone: no JVM ever appeared';
  const unitWords = unit?.active === 'failed' ? ` (unit ${product.unit} failed: ${unit.result})` : '';
  return {
    ok: false,
    reason: `${product.name} ${what}${unitWords}`,
    advice: wasSeen
      ? 'The end of its log is here; the cause is mostly above it.'
      : 'Its script says nothing about why. Run it in the foreground as its service user: a JDK that it does not take ends it at once with exit code 0.',
    output: [start.said, logEnd].filter((text) => text !== undefined && text !== '').join('\n'),
  };
}

function tooLate({ product, startMs }: ProductJob, { servers, logEnd }: ProductProcesses): StepEnd {
  const minutes = Math.round(startMs / 60_000);
  return {
    ok: false,
    reason: `${product.name} runs (pid ${servers[0]?.pid}) and its log does not say that it has started within ${minutes} min`,
    advice: 'It was left running. Look at the end of its log, and at its health endpoints.',
    output: logEnd,
  };
}
