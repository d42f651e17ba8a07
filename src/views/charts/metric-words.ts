import type { Metric } from '../../domain/metric.ts';
import { nearest } from '../../domain/nearest.ts';

export interface MetricWords {
  /** As people type it. */
  readonly word: string;
  readonly alsoTyped: readonly string[];
  /** Begins a title. */
  readonly title: string;
  /** After a number, with its space: ` %`; empty where the title says what is counted. */
  readonly unit: string;
  /** From the stored value to the shown one. */
  readonly factor: number;
  /** Digits behind the point. */
  readonly digits: number;
  /** Where the y axis ends: `fixed` always, `least` or above what there is. */
  readonly top: { readonly kind: 'fixed' | 'least'; readonly value: number };
  /** Which end of the scale is the bad one. */
  readonly worst: 'high' | 'low';
}

type Scale = Pick<MetricWords, 'unit' | 'factor' | 'digits' | 'top' | 'worst'>;
const PERCENT: Scale = { unit: ' %', factor: 1, digits: 0, top: { kind: 'fixed', value: 100 }, worst: 'high' };
const COUNT: Scale = { unit: '', factor: 1, digits: 0, top: { kind: 'least', value: 2 }, worst: 'low' };

/** Every metric in words: the one table for titles, units and what people type. */
export const METRIC_WORDS: Readonly<Record<Metric, MetricWords>> = {
  reachable: {
    ...{ ...PERCENT, factor: 100, worst: 'low', word: 'reachable' },
    ...{ alsoTyped: ['reachability', 'up', 'ping'], title: 'Reachable' },
  },
  cpu_busy_percent: { ...PERCENT, word: 'cpu', alsoTyped: ['processor'], title: 'CPU busy' },
  load_per_core: {
    ...{ unit: '', factor: 1, digits: 2, top: { kind: 'least', value: 1 }, worst: 'high' },
    ...{ word: 'load', alsoTyped: ['load-average'], title: 'Load per core' },
  },
  memory_used_percent: {
    ...{ ...PERCENT, word: 'memory', alsoTyped: ['mem', 'ram'], title: 'Memory used' },
  },
  disk_used_percent_max: {
    ...{ ...PERCENT, word: 'disk', alsoTyped: ['disks', 'filesystem'], title: 'Fullest disk' },
  },
  inodes_used_percent_max: {
    ...{ ...PERCENT, word: 'inodes', alsoTyped: ['inode'], title: 'Inodes used' },
  },
  heap_used_percent: { ...PERCENT, word: 'heap', alsoTyped: ['jvm', 'jvm-heap'], title: 'JVM heap used' },
  old_gen_used_percent: {
    ...{ ...PERCENT, word: 'old-gen', alsoTyped: ['oldgen', 'old'], title: 'JVM old generation used' },
  },
  applications_healthy: {
    ...{ ...COUNT, word: 'health', alsoTyped: ['healthy'], title: 'Healthy applications' },
  },
  applications: { ...COUNT, word: 'applications', alsoTyped: ['apps'], title: 'Applications checked' },
};

const METRIC_NAMES = Object.keys(METRIC_WORDS) as Metric[];
/** Each has one for people; in this order help lists them. */
export const TYPED_METRICS: readonly string[] = METRIC_NAMES.map((metric) => METRIC_WORDS[metric].word);

/** What somebody means by `disk`, `old-gen` or the metric's own name; or the word that is nearest. */
export function readMetric(typed: string): Metric | { readonly nearest: string | undefined } {
  const wanted = typed.trim().toLowerCase().replaceAll('_', '-');
  const found = METRIC_NAMES.find((metric) => namesOf(metric).includes(wanted));
  if (found !== undefined) {
    return found;
  }
  const meant = nearest(wanted, METRIC_NAMES.flatMap(namesOf));
  const metric = METRIC_NAMES.find((name) => meant !== undefined && namesOf(name).includes(meant));
  return { nearest: metric === undefined ? undefined : METRIC_WORDS[metric].word };
}

function namesOf(metric: Metric): readonly string[] {
  const { word, alsoTyped } = METRIC_WORDS[metric];
  return [word, ...alsoTyped, metric.replaceAll('_', '-')];
}

/** 0.29 of 1 is 28.999999999999996 %. */
const ROUNDING = 1e-6;

/** The value as it is drawn, without its unit. */
export function shownValue(metric: Metric, value: number): number {
  const { factor } = METRIC_WORDS[metric];
  return Math.round(value * factor * 100) / 100;
}

/** `93 %`, `0.42`, `3`. Rounded down, so that it never looks as if it had reached a threshold that it has not. */
export function formatMetric(metric: Metric, value: number): string {
  const { unit, digits, factor } = METRIC_WORDS[metric];
  const scale = 10 ** digits;
  return `${(Math.floor(value * factor * scale + ROUNDING) / scale).toFixed(digits)}${unit}`;
}
