import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';

/** CPU and memory of one side of the bench, however many processes it has. */
export interface Cgroup {
  /** To be put before a command line: whatever follows counts here. */
  readonly enter: string;
  /** Since the start. `undefined` where the machine has no cgroup v1 hierarchies to write to. */
  cpuMs(): number | undefined;
  resetPeak(): void;
  peakMiB(): number | undefined;
}

const ROOT = '/sys/fs/cgroup';
const CONTROLLERS = ['cpu', 'cpuacct', 'memory'] as const;

/** @param name unique on the machine; a slash makes it the child of another. */
export function createCgroup(name: string): Cgroup {
  const folders = CONTROLLERS.map((controller) => `${ROOT}/${controller}/${name}`);
  const isUsable =
    CONTROLLERS.every((controller) => existsSync(`${ROOT}/${controller}/cgroup.procs`)) && tryMake(folders);
  const [, cpuacct, memory] = folders;
  const read = (file: string): number | undefined => (isUsable ? Number(readFileSync(file, 'utf8')) : undefined);
  const scaled = (value: number | undefined, by: number) => (value === undefined ? undefined : value / by);
  return {
    enter: isUsable ? folders.map((folder) => `echo 0 > ${folder}/cgroup.procs; `).join('') : '',
    cpuMs: () => scaled(read(`${cpuacct}/cpuacct.usage`), 1e6),
    resetPeak() {
      if (isUsable) {
        writeFileSync(`${memory}/memory.max_usage_in_bytes`, '0');
      }
    },
    peakMiB: () => scaled(read(`${memory}/memory.max_usage_in_bytes`), 1_048_576),
  };
}

/** With everything below it; its processes must be gone. */
export function removeCgroups(name: string): void {
  const folders = CONTROLLERS.map((controller) => `${ROOT}/${controller}/${name}`).filter((folder) =>
    existsSync(folder),
  );
  if (folders.length > 0) {
    // A killed process leaves its group a moment later.
    spawnSync('sleep', ['0.2']);
    spawnSync('find', [...folders, '-depth', '-type', 'd', '-exec', 'rmdir', '{}', ';'], { stdio: 'ignore' });
  }
}

function tryMake(folders: readonly string[]): boolean {
  return tryDo(() => {
    for (const folder of folders) {
      mkdirSync(folder, { recursive: true });
    }
  });
}

function tryDo(run: () => void): boolean {
  try {
    run();
    return true;
  } catch {
    return false;
  }
}
