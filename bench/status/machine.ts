import { cpus } from 'node:os';

/** CPU time of all cores since the machine started, milliseconds. */
export interface MachineTime {
  readonly allMs: number;
  readonly busyMs: number;
}

export function readMachine(): MachineTime {
  const times = cpus().map((core) => core.times);
  const sum = (pick: (core: (typeof times)[number]) => number): number =>
    times.reduce((all, core) => all + pick(core), 0);
  const busyMs = sum(({ user, nice, sys, irq }) => user + nice + sys + irq);
  return { busyMs, allMs: busyMs + sum(({ idle }) => idle) };
}
