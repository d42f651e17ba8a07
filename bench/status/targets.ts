import type { Drills } from './drills.ts';
import type { Measured } from './measure.ts';
import { type Cost, inSlice, median, percentile, ratioTo, typical } from './ratios.ts';
import { CONTROL_MASTER, MSOPS } from './tools.ts';

/** One number that was promised. `undefined`: not measured in this run. */
export interface Target {
  readonly id: string;
  readonly what: string;
  readonly limit: number;
  readonly found: number | undefined;
}

interface RatioTarget {
  readonly id: string;
  readonly to: string;
  readonly state: 'cold' | 'warm';
  readonly kind: 'full' | 'light';
  readonly cost: Cost;
  readonly limit: number;
}

const RATIOS: readonly RatioTarget[] = [
  { id: 'T1', to: CONTROL_MASTER, state: 'warm', kind: 'full', cost: 'wallMs', limit: 0.8 },
  { id: 'T1', to: CONTROL_MASTER, state: 'warm', kind: 'full', cost: 'clientCpuMs', limit: 0.25 },
  { id: 'T1', to: CONTROL_MASTER, state: 'warm', kind: 'full', cost: 'peakMiB', limit: 0.25 },
  { id: 'T2', to: CONTROL_MASTER, state: 'warm', kind: 'light', cost: 'wallMs', limit: 0.55 },
  { id: 'T2', to: 'clush over ControlMaster', state: 'warm', kind: 'light', cost: 'wallMs', limit: 0.4 },
  { id: 'T3', to: 'clush -f 64 curve25519', state: 'cold', kind: 'full', cost: 'wallMs', limit: 0.75 },
  { id: 'T3', to: 'clush -f 64 as shipped', state: 'cold', kind: 'full', cost: 'wallMs', limit: 0.4 },
  { id: 'T3', to: 'clush -f 64 curve25519', state: 'cold', kind: 'full', cost: 'clientCpuMs', limit: 0.25 },
  { id: 'T3', to: 'clush -f 64 as shipped', state: 'cold', kind: 'full', cost: 'clientCpuMs', limit: 0.06 },
  { id: 'T4', to: 'pssh -p 32 curve25519', state: 'cold', kind: 'full', cost: 'wallMs', limit: 0.8 },
  { id: 'T4', to: 'ansible raw -f 50', state: 'cold', kind: 'full', cost: 'wallMs', limit: 0.45 },
  { id: 'T4', to: 'ansible raw -f 50', state: 'warm', kind: 'full', cost: 'wallMs', limit: 0.25 },
  { id: 'T10', to: CONTROL_MASTER, state: 'cold', kind: 'full', cost: 'bastionCpuMs', limit: 1.3 },
];

const WORDS: Readonly<Record<Cost, string>> = {
  wallMs: 'wall',
  clientCpuMs: 'client CPU',
  bastionCpuMs: 'bastion CPU',
  hostsCpuMs: 'hosts CPU',
  peakMiB: 'peak memory',
  noise: 'noise',
};

/** What was promised for 200 hosts. */
export function judgeTargets(measured: readonly Measured[], drills: Drills, size: number): readonly Target[] {
  const ratios = RATIOS.map(({ id, to, state, kind, cost, limit }) => {
    const found = ratioTo(inSlice(measured, { size, state, kind }), to, cost);
    return { id, what: `${state} ${kind}: ${WORDS[cost]} of ${to}`, limit, found };
  });
  const cold = inSlice(measured, { size, state: 'cold', kind: 'full' });
  const lost = Math.max(...cold.filter(({ tool }) => tool === MSOPS).map(({ complete }) => size - complete));
  const peak = typical(inSlice(measured, { size, state: 'warm', kind: 'full' }), MSOPS, 'peakMiB');
  const all = [
    ...ratios,
    ...latencyTargets(drills),
    { id: 'T8', what: 'KiB of memory an idle connection holds', limit: 110, found: drills.kibPerConnection.held },
    { id: 'T8', what: 'MiB at the peak of the process', limit: 150, found: peak },
    { id: 'T9', what: 'ms event loop delay p99 in a cold wave', limit: 150, found: drills.coldLoopDelayMs.p99 },
    { id: 'T9', what: 'ms event loop delay at most', limit: 250, found: drills.coldLoopDelayMs.max },
    { id: 'T10', what: 'answers lost with Debian defaults at the bastion', limit: 0, found: lost },
    ...troubleTargets(drills),
  ];
  return all.sort((a, b) => Number(a.id.slice(1)) - Number(b.id.slice(1)));
}

function latencyTargets({ sequential, oneWarm, oneColdDirect, roundTrips }: Drills): readonly Target[] {
  const ratio = (pairs: Drills['oneWarm']) => median(pairs.map(({ msops, other }) => msops / other));
  return [
    { id: 'T5', what: 'one warm probe, of ssh over ControlMaster', limit: 0.5, found: ratio(oneWarm) },
    {
      id: 'T5',
      what: 'round trips of a warm probe through the bastion',
      limit: 2.2,
      found: roundTrips?.warmThroughBastion,
    },
    { id: 'T6', what: 'ms sequential light probe p50', limit: 6, found: percentile(sequential.msops, 50) },
    { id: 'T6', what: 'ms sequential light probe p99', limit: 15, found: percentile(sequential.msops, 99) },
    {
      id: 'T6',
      what: '(or) p50, of ssh over ControlMaster',
      limit: 0.2,
      found: percentile(sequential.msops, 50) / percentile(sequential.controlMaster, 50),
    },
    { id: 'T7', what: 'one cold host without bastion, of ssh curve25519', limit: 0.7, found: ratio(oneColdDirect) },
    { id: 'T7', what: 'round trips of a cold host without bastion', limit: 10.5, found: roundTrips?.coldDirect },
    {
      id: 'T7',
      what: 'round trips of a cold host and its bastion',
      limit: 18.5,
      found: roundTrips?.coldThroughBastion,
    },
  ];
}

function troubleTargets({ brokenHosts, vanishedBastion }: Drills): readonly Target[] {
  const unnamed = 3 - brokenHosts.failures.length;
  return [
    {
      id: 'T11',
      what: 'good hosts among three broken ones, of a clean run',
      limit: 1.1,
      found: brokenHosts.withMs / brokenHosts.cleanMs,
    },
    { id: 'T11', what: 'broken hosts that were not named', limit: 0, found: unnamed },
    {
      id: 'T12',
      what: 's until a vanished bastion is noticed (keepalive 1 s)',
      limit: 5,
      found: vanishedBastion.noticedMs / 1000,
    },
    { id: 'T12', what: 'next run does not work', limit: 0, found: vanishedBastion.works ? 0 : 1 },
  ];
}

export function printTargets(targets: readonly Target[], size: number): void {
  const note = size === 200 ? '' : '; they are meant for 200';
  console.log(`Targets, with ${size} hosts${note}`);
  for (const { id, what, limit, found } of targets) {
    const verdict = found === undefined ? 'not measured' : found <= limit ? 'met' : 'NOT MET';
    const number = found === undefined ? '?' : found.toFixed(found < 10 ? 2 : 0);
    console.log(`  ${id.padEnd(4)}${what.padEnd(64)}${number.padStart(8)}  limit ${String(limit).padEnd(6)}${verdict}`);
  }
}
