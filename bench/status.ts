import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Cgroup, createCgroup, removeCgroups } from './status/cgroups.ts';
import { runDrills } from './status/drills.ts';
import { type Measured, measureTools } from './status/measure.ts';
import { startMsopsClient } from './status/msops-client.ts';
import { printTables } from './status/print-tables.ts';
import { judgeTargets, printTargets } from './status/targets.ts';
import { CONTROL_MASTER, createTools, MSOPS, type Tool } from './status/tools.ts';
import { buildWorld } from './status/world.ts';

/** One status wave through a bastion, side by side with what a user would pick instead. Needs root, Linux and sshd. */
const { values } = parseArgs({
  options: {
    hosts: { type: 'string', default: '1,20' },
    reps: { type: 'string', default: '3' },
    json: { type: 'string' },
    /** A part of the names of the tools to compare with, e.g. `ssh`. */
    only: { type: 'string', default: '' },
  },
});
const sizes = values.hosts.split(',').map(Number);
const largest = Math.max(...sizes);
const WORLD = 'MSOPS_BENCH_WORLD';
const UNSHARE = '/usr/bin/unshare';

process.exitCode = await (process.env[WORLD] ? bench() : enterWorld());

/** Everything happens in namespaces that end with this process: no interface, mount or process is left behind. */
async function enterWorld(): Promise<number> {
  const missing = ['/usr/sbin/sshd', '/usr/bin/ssh', UNSHARE].filter((file) => !existsSync(file));
  if (process.getuid?.() !== 0 || process.platform !== 'linux' || missing.length > 0) {
    console.error('bench:status needs root on Linux, and openssh-server, openssh-client, util-linux and iproute2.');
    console.error(`To compare with more: apt-get install clustershell pssh ansible-core.`);
    console.error(missing.map((file) => `Missing: ${file}`).join('\n'));
    return 2;
  }
  const folder = mkdtempSync(join(tmpdir(), 'msops-bench-'));
  const args = ['--mount', '--net', '--pid', '--fork', '--kill-child', '--mount-proc', process.execPath];
  const command = [...args, fileURLToPath(import.meta.url), ...process.argv.slice(2)];
  const child = spawn(UNSHARE, command, { stdio: 'inherit', env: { ...process.env, [WORLD]: folder } });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => child.kill('SIGKILL'));
  }
  const [exitCode] = (await once(child, 'exit')) as [number | null];
  rmSync(folder, { recursive: true, force: true });
  removeCgroups(basename(folder));
  return exitCode ?? 1;
}

async function bench(): Promise<number> {
  const folder = `${process.env[WORLD]}`;
  const groups = new Map<string, Cgroup>();
  const cgroupOf = (name: string): Cgroup => {
    const group = groups.get(name) ?? createCgroup(`${basename(folder)}/${name.replaceAll(/[^\w/]+/g, '-')}`);
    groups.set(name, group);
    return group;
  };
  const clientGroup = (tool: string): Cgroup => cgroupOf(`clients/${tool}`);
  const sides = { bastion: cgroupOf('bastion'), hosts: cgroupOf('hosts') };
  console.error(`Building ${largest} hosts behind a bastion …`);
  const world = await buildWorld({ hosts: largest, folder, cgroups: sides });
  const msops = startMsopsClient(clientGroup(MSOPS));
  try {
    const tools = createTools({ world, msops, cgroupOf: clientGroup }).filter(isWanted);
    const measured: Measured[] = [];
    for (const size of sizes) {
      measured.push(...(await measureTools(tools, sides, { size, reps: Number(values.reps) })));
    }
    const drillGroups = { sshCgroup: clientGroup(CONTROL_MASTER), spareCgroup: clientGroup('spare') };
    const drills = await runDrills({ world, msops, ...drillGroups, size: largest });
    const targets = judgeTargets(measured, drills, largest);
    console.log(
      `node ${process.version}, ${cpus().length} cores shared by client, bastion and hosts: read the ratios\n`,
    );
    printTables(measured, sizes);
    printTargets(targets, largest);
    const { grown } = drills.kibPerConnection;
    console.log(
      `\nidle connections, with garbage and the growth of V8's young generation: ${grown.toFixed(0)} KiB each`,
    );
    console.log(`broken hosts: ${drills.brokenHosts.failures.join('; ')}`);
    console.log(`vanished bastion: ${drills.vanishedBastion.failures.join('; ')}`);
    if (values.json) {
      writeFileSync(values.json, `${JSON.stringify({ measured, drills, targets }, undefined, 2)}\n`);
    }
    return 0;
  } finally {
    await msops.end();
  }
}

function isWanted({ program, name, needs }: Tool): boolean {
  if (name !== MSOPS && !name.includes(values.only)) {
    return false;
  }
  const found = program === 'node' || spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
  if (!found) {
    console.error(`  without ${name}: apt-get install ${needs}`);
  }
  return found;
}
