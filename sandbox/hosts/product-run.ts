import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ProductPlan } from './host-plan.ts';
import type { HostState } from './host-state.ts';
import { jvmCommandLine } from './jvm.ts';

/** What the host's scripts and `systemctl` leave for its product: `stop`, `start` or `restart`. */
const WISH = '.host/product-wish';
/** From a JVM that is there to one that answers. */
const STARTUP_MS = 3_000;
const TICKS_PER_SECOND = 100;

/** One process after another, each with a number of its own. */
export interface ProductRun {
  pid: number;
  /** By the host's uptime. */
  bornAtSeconds: number;
  /** `undefined`: it has started. Milliseconds of `Date.now()`. */
  readyAt: number | undefined;
}

/** Does what was asked of the product since. @returns whether anything has changed. */
export function advanceProduct(root: string, state: HostState): boolean {
  const { product } = state.plan;
  if (!product) {
    return false;
  }
  const wish = takeWish(root);
  if (wish === 'stop' || wish === 'restart') {
    state.faults.productStopped = true;
  }
  if (wish === 'restart' || (wish === 'start' && state.faults.productStopped)) {
    state.faults.productStopped = false;
    const { pid } = state.run;
    Object.assign(state.run, {
      pid: pid + 7,
      bornAtSeconds: state.measure().uptimeSeconds,
      readyAt: Date.now() + STARTUP_MS,
    } satisfies ProductRun);
    for (const gone of [`proc/${pid}`, '.host/http']) {
      rmSync(join(root, gone), { recursive: true, force: true });
    }
  }
  const isReady = state.run.readyAt !== undefined && Date.now() >= state.run.readyAt;
  if (isReady && !state.faults.productStopped) {
    state.run.readyAt = undefined;
    logStart(root, product);
  }
  return wish !== undefined || isReady;
}

function takeWish(root: string): string | undefined {
  const file = join(root, WISH);
  if (!existsSync(file)) {
    return undefined;
  }
  const wish = readFileSync(file, 'utf8').trim();
  rmSync(file);
  return wish;
}

/** The process as it stands under `/proc`, and its pid file. */
export function processFiles(product: ProductPlan, { pid, bornAtSeconds }: ProductRun): Record<string, string> {
  const before = Array.from({ length: 18 }, () => '0').join(' ');
  const born = Math.round(bornAtSeconds * TICKS_PER_SECOND);
  return {
    [`proc/${pid}/cmdline`]: jvmCommandLine(product),
    [`proc/${pid}/comm`]: 'java\n',
    [`proc/${pid}/stat`]: `${pid} (java) S ${before} ${born} 0 0\n`,
    [`proc/${pid}/status`]: `Name:\tjava\nState:\tS (sleeping)\nPid:\t${pid}\nUid:\t999\t999\t999\t999\n`,
    [`${product.home.slice(1)}/wso2carbon.pid`]: `${pid}\n`,
  };
}

/** What systemd says of a product that has a unit. */
export function unitFiles({ plan, faults }: HostState): Record<string, string> {
  const unit = plan.product?.unit;
  const active = faults.productStopped ? 'ActiveState=inactive\nSubState=dead' : 'ActiveState=active\nSubState=running';
  return unit === undefined
    ? {}
    : {
        '.host/product-unit': `${unit}\n`,
        [`.host/units/${unit}`]: `Id=${unit}\nLoadState=loaded\n${active}\nResult=success\n`,
      };
}

function logStart(root: string, product: ProductPlan): void {
  const file = join(root, product.home, 'repository/logs/wso2carbon.log');
  mkdirSync(dirname(file), { recursive: true });
  const now = new Date();
  const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString();
  const stamp = `${local.slice(0, 19).replace('T', ' ')},000`;
  appendFileSync(
    file,
    `[${stamp}]  INFO {org.wso2.carbon.core.internal.StartupFinalizerServiceComponent} - WSO2 Carbon started in ${STARTUP_MS / 1000} sec\n`,
  );
}
