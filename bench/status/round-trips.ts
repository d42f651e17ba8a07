import { spawnSync } from 'node:child_process';
import { type DelayLineOptions, startDelayLine } from './delay-line.ts';
import { median } from './ratios.ts';

/** How many round trips something takes: by how much longer it takes where they are longer. */
export interface RoundTrips {
  readonly warmThroughBastion: number;
  readonly coldThroughBastion: number;
  readonly coldDirect: number;
}

/** Milliseconds of one light probe each. */
export interface RoundTripProbes {
  warmThroughBastion(): Promise<number>;
  coldThroughBastion(): Promise<number>;
  coldDirect(): Promise<number>;
}

const SHORT_MS = 20;
const LONG_MS = 60;
const TRIES = 5;

/** `undefined` without python3, which plays the long way. */
export async function countRoundTrips(probes: RoundTripProbes): Promise<RoundTrips | undefined> {
  if (spawnSync('python3', ['--version']).status !== 0) {
    return undefined;
  }
  const toBastion = { port: 'wan-bastion', bridge: 'wan' };
  const toHost = { port: 'vh1', bridge: 'lan' };
  return {
    warmThroughBastion: await slope(toBastion, probes.warmThroughBastion),
    coldThroughBastion: await slope(toBastion, probes.coldThroughBastion),
    coldDirect: await slope(toHost, probes.coldDirect),
  };
}

type Way = Omit<DelayLineOptions, 'roundTripMs'>;

async function slope(way: Way, probe: () => Promise<number>): Promise<number> {
  const short = await typicalMs({ ...way, roundTripMs: SHORT_MS }, probe);
  const long = await typicalMs({ ...way, roundTripMs: LONG_MS }, probe);
  return (long - short) / (LONG_MS - SHORT_MS);
}

async function typicalMs(line: DelayLineOptions, probe: () => Promise<number>): Promise<number> {
  const stop = await startDelayLine(line);
  try {
    const times: number[] = [];
    for (let tried = 0; tried < TRIES; tried += 1) {
      times.push(await probe());
    }
    return median(times) ?? Number.NaN;
  } finally {
    await stop();
  }
}
