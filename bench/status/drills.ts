import { setTimeout as delay } from 'node:timers/promises';
import { toShell } from '../../src/domain/remote-command.ts';
import type { Cgroup } from './cgroups.ts';
import { type MsopsClient, startMsopsClient } from './msops-client.ts';
import { probeOf } from './probes.ts';
import { countRoundTrips, type RoundTrips } from './round-trips.ts';
import { mustRun, shell } from './shell.ts';
import type { WaveAnswer, WaveKind, WaveReply } from './wave.ts';
import { endMasters, type World } from './world.ts';

/** Things that are not a race: latencies, the loop, memory, and trouble. */
export interface Drills {
  /** Milliseconds of one warm light probe after the other through the bastion. */
  readonly sequential: { readonly msops: readonly number[]; readonly controlMaster: readonly number[] };
  /** Of one warm full probe through the bastion, in pairs. */
  readonly oneWarm: readonly Pair[];
  /** Of one cold light probe without a bastion, in pairs with `ssh` and curve25519. */
  readonly oneColdDirect: readonly Pair[];
  readonly roundTrips: RoundTrips | undefined;
  readonly coldLoopDelayMs: WaveReply['loopDelayMs'];
  readonly kibPerConnection: ConnectionMemory;
  /** All good hosts done, without and with a silent, a dropping and a hung one among them. */
  readonly brokenHosts: { readonly cleanMs: number; readonly withMs: number; readonly failures: readonly string[] };
  readonly vanishedBastion: {
    readonly noticedMs: number;
    readonly failures: readonly string[];
    readonly works: boolean;
  };
}

/** KiB of RSS that one more idle connection adds, twice. */
export interface ConnectionMemory {
  /** After a garbage collection, with a young generation that does not grow: what the connections hold. */
  readonly held: number;
  /** As the process comes: with garbage and with V8's young generation, which doubles while they are made. */
  readonly grown: number;
}

export interface Pair {
  readonly msops: number;
  readonly other: number;
}

export interface DrillDeps {
  readonly world: World;
  readonly msops: MsopsClient;
  readonly sshCgroup: Cgroup;
  /** For a second process. */
  readonly spareCgroup: Cgroup;
  readonly size: number;
}

const PAIRS = 5;
const SEQUENTIAL = 40;
const DEADLINE_MS = 120_000;
/** Short, so that the drill is: lost after four of them. */
const KEEPALIVE_MS = 1_000;

export async function runDrills(deps: DrillDeps): Promise<Drills> {
  const ssh = createSsh(deps);
  return {
    coldLoopDelayMs: await measureColdWave(deps),
    kibPerConnection: {
      held: await measureMemory(deps, ['--expose-gc']),
      grown: await measureMemory(deps, []),
    },
    sequential: await measureSequential(deps, ssh),
    oneWarm: await measureOneWarm(deps, ssh),
    oneColdDirect: await measureOneColdDirect(deps, ssh),
    roundTrips: await measureRoundTrips(deps),
    brokenHosts: await tryBrokenHosts(deps),
    vanishedBastion: await tryVanishedBastion(deps),
  };
}

async function open({ world, msops }: DrillDeps, hopKeepaliveMs?: number): Promise<void> {
  await msops.send({ kind: 'open', keyFile: world.keyFile, hopKeepaliveMs });
}

interface Ask {
  readonly kind: WaveKind;
  readonly hosts?: World['hosts'] | undefined;
  readonly isDirect?: boolean;
  readonly deadlineMs?: number;
}

function ask({ world, msops, size }: DrillDeps, options: Ask): Promise<WaveReply> {
  const { kind: wave, hosts = world.hosts.slice(0, size), isDirect, deadlineMs = DEADLINE_MS } = options;
  return msops.send({ kind: 'wave', wave, bastion: isDirect ? undefined : world.bastion, hosts, deadlineMs });
}

async function measureColdWave(deps: DrillDeps): Promise<WaveReply['loopDelayMs']> {
  await open(deps);
  return (await ask(deps, { kind: 'full' })).loopDelayMs;
}

/** What the second half of the connections adds to a fresh process: the first half also warms it up. */
async function measureMemory(deps: DrillDeps, nodeOptions: readonly string[]): Promise<number> {
  const msops = startMsopsClient(deps.spareCgroup, nodeOptions);
  const fresh = { ...deps, msops };
  const half = Math.ceil(deps.size / 2);
  await open(fresh);
  const some = await ask(fresh, { kind: 'light', hosts: deps.world.hosts.slice(0, half) });
  const all = await ask(fresh, { kind: 'light' });
  await msops.end();
  return ((all.rssMiB - some.rssMiB) * 1024) / Math.max(1, deps.size - half);
}

type Ssh = (options: string, host: string, kind: WaveKind) => Promise<number>;

/** Milliseconds of one `ssh` process. */
function createSsh({ world, sshCgroup }: DrillDeps): Ssh {
  return async (options, host, kind) => {
    const startedAt = performance.now();
    const command = `PROBE=$(cat); ${sshCgroup.enter} ssh -F ${world.sshConfig} -o KexAlgorithms=curve25519-sha256 ${options} ${host} "$PROBE"`;
    await mustRun(command, toShell(probeOf(kind, world.bastion)));
    return performance.now() - startedAt;
  };
}

const KEPT = '-o ControlMaster=auto -o ControlPersist=600';

async function measureSequential(deps: DrillDeps, ssh: Ssh): Promise<Drills['sequential']> {
  const hosts = deps.world.hosts.slice(0, Math.min(deps.size, SEQUENTIAL));
  const { world, msops } = deps;
  await open(deps);
  const wave = { kind: 'wave', wave: 'light', bastion: world.bastion, hosts, deadlineMs: DEADLINE_MS } as const;
  await msops.send(wave);
  const rounds = Math.ceil(SEQUENTIAL / hosts.length);
  const own: WaveAnswer[] = [];
  for (let round = 0; round < rounds; round += 1) {
    own.push(...(await msops.send({ ...wave, oneByOne: true })).answers);
  }
  await endMasters();
  await ssh('-o ControlMaster=yes -o ControlPersist=600 -fN', 'bastion', 'light');
  const theirs: number[] = [];
  for (const host of hosts.slice(0, 10)) {
    await ssh(KEPT, host.name, 'light');
    theirs.push(await ssh(KEPT, host.name, 'light'));
  }
  return { msops: own.map(({ ms }) => ms), controlMaster: theirs };
}

/** Both are warm from before. */
async function measureOneWarm(deps: DrillDeps, ssh: Ssh): Promise<Pair[]> {
  const pairs: Pair[] = [];
  const hosts = deps.world.hosts.slice(0, 1);
  for (let pair = 0; pair < PAIRS; pair += 1) {
    const { answers } = await ask(deps, { kind: 'light', hosts });
    pairs.push({ msops: answers[0]!.ms, other: await ssh(KEPT, hosts[0]!.name, 'light') });
  }
  await endMasters();
  return pairs;
}

async function measureOneColdDirect(deps: DrillDeps, ssh: Ssh): Promise<Pair[]> {
  const pairs: Pair[] = [];
  for (let pair = 0; pair < PAIRS; pair += 1) {
    await open(deps);
    const { answers } = await ask(deps, { kind: 'light', hosts: deps.world.hosts.slice(0, 1), isDirect: true });
    pairs.push({ msops: answers[0]!.ms, other: await ssh('-o ControlPath=none', 'd1', 'light') });
  }
  return pairs;
}

function measureRoundTrips(deps: DrillDeps): Promise<RoundTrips | undefined> {
  const hosts = deps.world.hosts.slice(0, 1);
  const probe = async (isDirect: boolean): Promise<number> => {
    const { answers } = await ask(deps, { kind: 'light', hosts, isDirect });
    return answers[0]!.ms;
  };
  const coldProbe = async (isDirect: boolean): Promise<number> => {
    await open(deps);
    return probe(isDirect);
  };
  return countRoundTrips({
    warmThroughBastion: () => probe(false),
    coldThroughBastion: () => coldProbe(false),
    coldDirect: () => coldProbe(true),
  });
}

async function tryBrokenHosts(deps: DrillDeps): Promise<Drills['brokenHosts']> {
  const { silent, dropping, hung } = deps.world.broken;
  const good = deps.world.hosts.slice(0, deps.size);
  await open(deps);
  const clean = await ask(deps, { kind: 'full', hosts: good });
  await open(deps);
  const mixed = await ask(deps, { kind: 'full', hosts: [silent, dropping, hung, ...good], deadlineMs: 15_000 });
  const slowest = (answers: readonly WaveAnswer[]): number => Math.max(...answers.map(({ ms }) => ms));
  const failures = mixed.answers.flatMap(({ failure, ms }) =>
    failure ? [`${failure} after ${(ms / 1000).toFixed(1)} s`] : [],
  );
  const withMs = slowest(mixed.answers.filter(({ isComplete }) => isComplete));
  return { cleanMs: slowest(clean.answers), withMs, failures };
}

async function tryVanishedBastion(deps: DrillDeps): Promise<Drills['vanishedBastion']> {
  await open(deps, KEEPALIVE_MS);
  await ask(deps, { kind: 'light' });
  const pending = ask(deps, { kind: 'hang' });
  await delay(1_000);
  await deps.world.cutBastion();
  const cutAt = performance.now();
  const { answers } = await pending;
  const noticedMs = performance.now() - cutAt;
  await deps.world.restoreBastion();
  await shell(
    `for i in $(seq 100); do (</dev/tcp/${deps.world.bastion.address}/22) 2>/dev/null && exit; sleep 0.1; done`,
  );
  const next = await ask(deps, { kind: 'light' });
  const failures = [...new Set(answers.map(({ failure }) => failure ?? 'answered'))];
  return { noticedMs, failures, works: next.answers.every(({ isComplete }) => isComplete) };
}
