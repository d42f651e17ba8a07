import type { Cgroup } from './cgroups.ts';
import { readMachine } from './machine.ts';
import type { Tool } from './tools.ts';
import type { Wave, WaveState } from './wave.ts';

/** What one wave of one tool cost. `undefined`: could not be measured here. */
export interface Measured extends Wave {
  readonly tool: string;
  readonly state: WaveState;
  readonly rep: number;
  readonly wallMs: number;
  readonly complete: number;
  readonly clientCpuMs: number | undefined;
  readonly bastionCpuMs: number | undefined;
  readonly hostsCpuMs: number | undefined;
  /** Since the tool began: connections that it keeps are in it. */
  readonly peakMiB: number | undefined;
  /** Share of the machine that went to processes outside of the bench, 0 to 1. Above 0.3 the times are worth little. */
  readonly noise: number | undefined;
}

export interface Sides {
  readonly bastion: Cgroup;
  readonly hosts: Cgroup;
}

export interface Plan {
  readonly size: number;
  readonly reps: number;
}

/** Every tool once in each repetition, in random order: ratios are taken within the repetition. */
export async function measureTools(tools: readonly Tool[], sides: Sides, { size, reps }: Plan): Promise<Measured[]> {
  const all: Measured[] = [];
  for (let rep = 0; rep < reps; rep += 1) {
    for (const tool of shuffled(tools)) {
      console.error(`  ${size} hosts, repetition ${rep + 1} of ${reps}: ${tool.name}`);
      all.push(...(await measureTool(tool, sides, { size, rep })));
    }
  }
  return all;
}

async function measureTool(
  tool: Tool,
  sides: Sides,
  { size, rep }: { size: number; rep: number },
): Promise<Measured[]> {
  const steps = [
    { state: 'cold', kind: 'full' },
    { state: 'warm', kind: 'full' },
    { state: 'warm', kind: 'light' },
  ] as const;
  const results: Measured[] = [];
  await tool.begin(size);
  tool.cgroup.resetPeak();
  for (const { state, kind } of steps.filter((step) => tool.states.includes(step.state))) {
    results.push({
      tool: tool.name,
      rep,
      size,
      state,
      kind,
      ...(await measureWave(tool, sides, { size, kind, state })),
    });
  }
  await tool.end();
  return results;
}

type Costs = Omit<Measured, 'tool' | 'rep' | 'state' | keyof Wave>;

async function measureWave(tool: Tool, sides: Sides, { state, ...wave }: Wave & { state: WaveState }): Promise<Costs> {
  const groups = [tool.cgroup, sides.bastion, sides.hosts] as const;
  const before = groups.map((group) => group.cpuMs());
  const machineBefore = readMachine();
  const startedAt = performance.now();
  const complete = await tool.run(wave, state);
  const wallMs = performance.now() - startedAt;
  const machine = readMachine();
  const own = groups.map((group, index) => spent(before[index], group.cpuMs()));
  const [clientCpuMs, bastionCpuMs, hostsCpuMs] = own;
  const ownMs = own.reduce((sum, ms) => (sum === undefined || ms === undefined ? undefined : sum + ms), 0);
  const allMs = machine.allMs - machineBefore.allMs;
  const busyMs = machine.busyMs - machineBefore.busyMs;
  const noise = ownMs === undefined ? undefined : Math.max(0, busyMs - ownMs) / allMs;
  return { wallMs, complete, clientCpuMs, bastionCpuMs, hostsCpuMs, peakMiB: tool.cgroup.peakMiB(), noise };
}

function spent(before: number | undefined, after: number | undefined): number | undefined {
  return before === undefined || after === undefined ? undefined : after - before;
}

function shuffled<T>(items: readonly T[]): readonly T[] {
  return items
    .map((item) => ({ item, order: Math.random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);
}
