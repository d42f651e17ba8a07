import { cpSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { accountFiles } from './account-files.ts';
import { certificateFiles } from './certificate-files.ts';
import { filesystemTables } from './filesystem-tables.ts';
import type { HealthPlan } from './host-plan.ts';
import type { HostState } from './host-state.ts';
import { jvmPerfData } from './jvm.ts';
import { layPrograms, packFiles } from './pack-files.ts';
import { datePackageFiles, packageFiles } from './package-files.ts';
import { procFiles } from './proc-files.ts';
import { advanceProduct, processFiles, unitFiles } from './product-run.ts';

/** The part of a host that is in files: what a machine of its own would have under `/`. */
export interface HostTree {
  readonly root: string;
  /** Writes the numbers of this moment. */
  refreshNumbers(): void;
  /** Writes everything, after a fault came or went. */
  refreshAll(): void;
}

const SHIMS = fileURLToPath(new URL('./bin', import.meta.url));

type Files = Readonly<Record<string, string | Buffer>>;

/** Lays the tree of a host, over whatever an earlier run left there. */
export function createHostTree(root: string, state: HostState): HostTree {
  const { plan } = state;
  rmSync(root, { recursive: true, force: true });
  cpSync(SHIMS, join(root, 'bin'), { recursive: true });
  mkdirSync(join(root, 'home/ops'), { recursive: true });
  mkdirSync(join(root, 'tmp'), { recursive: true });
  mkdirSync(join(root, '.host/sessions'), { recursive: true });
  writeFiles(root, {
    'etc/hostname': `${plan.name}\n`,
    'proc/sys/kernel/hostname': `${plan.name}\n`,
    'etc/fstab': plan.filesystems.map(({ device, mount }) => `${device} ${mount} ext4 defaults 0 1\n`).join(''),
    'proc/1/cmdline': '/sbin/init\0',
    'proc/1/comm': 'systemd\n',
    '.host/hostname': `${plan.name}\n`,
    '.host/cores': `${plan.cores}\n`,
    ...accountFiles(plan),
    ...packageFiles(plan),
    ...(plan.product ? { ...packFiles(plan.product), ...certificateFiles(plan.product) } : {}),
  });
  if (plan.product) {
    layPrograms(root, plan.product);
  }
  datePackageFiles(root, plan);

  function refreshNumbers(): void {
    if (advanceProduct(root, state)) {
      refreshProduct(root, state);
    }
    const measured = state.measure();
    writeFiles(root, procFiles(plan, measured));
    if (plan.product && !state.faults.productStopped) {
      writeFiles(root, {
        [`tmp/hsperfdata_${plan.product.serviceUser}/${state.run.pid}`]: jvmPerfData(plan.product, measured),
      });
    }
  }

  function refreshAll(): void {
    writeFiles(root, filesystemTables(state));
    refreshProduct(root, state);
    refreshNumbers();
  }

  refreshAll();
  return { root, refreshNumbers, refreshAll };
}

/** A running product is a process, a perf data file and a port that answers. */
function refreshProduct(root: string, state: HostState): void {
  const { plan, faults, run } = state;
  const { product } = plan;
  if (!product) {
    return;
  }
  writeFiles(root, unitFiles(state));
  if (faults.productStopped) {
    const gone = [`proc/${run.pid}`, '.host/http', `tmp/hsperfdata_${product.serviceUser}`];
    for (const path of gone) {
      rmSync(join(root, path), { recursive: true, force: true });
    }
    return;
  }
  const answers = run.readyAt === undefined ? product.health : [];
  writeFiles(root, {
    ...processFiles(product, run),
    ...Object.fromEntries(answers.map((health) => httpAnswer(health, faults.productUnhealthy))),
  });
}

/** The status on the first line, then the body: what the `curl` of the host reads. */
function httpAnswer(health: HealthPlan, isUnhealthy: boolean): [path: string, content: string] {
  const { status, body } = isUnhealthy ? health.unhealthy : health.healthy;
  return [`.host/http/${health.url.replaceAll(/[^A-Za-z0-9]/g, '_')}`, `${status}\n${body}`];
}

/** Each file is replaced in one go, so that nobody reads half of it. */
function writeFiles(root: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, content);
    renameSync(`${file}.new`, file);
  }
}
