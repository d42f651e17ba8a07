import type { FilesystemSample, HostReport, HostSample, ProductSample } from '../domain/host-report.ts';
import type { TableColumn } from './blocks.ts';
import { formatAge, formatDuration, formatPercent, formatShare, UNKNOWN } from './format-numbers.ts';
import { shortHopFailure } from './hop-failure-words.ts';
import { LEVEL_ICONS } from './level-icons.ts';
import { cut } from './mrkdwn.ts';

/** Nothing to measure here, or the host was not reached. */
export const NOTHING = '–';

const LONGEST_MOUNT = 24;
const LONGEST_HOST = 40;

export const STATUS_COLUMNS: readonly TableColumn[] = [
  { title: 'Host' },
  { title: 'Reached' },
  { title: 'CPU', align: 'right' },
  { title: 'Load/core', align: 'right' },
  { title: 'Memory', align: 'right' },
  { title: 'Fullest disk' },
  { title: 'JVM heap' },
  { title: 'Application' },
  { title: 'Uptime', align: 'right' },
  { title: 'Age', align: 'right' },
];

export function statusRow(report: HostReport, now: Date): readonly string[] {
  const { host, level, sample, failure } = report;
  const numbers = sample ? sampleCells(sample) : Array.from({ length: 7 }, () => (failure ? NOTHING : UNKNOWN));
  return [
    `${LEVEL_ICONS[level]} ${cut(host, LONGEST_HOST)}`,
    failure ? shortHopFailure(failure) : sample ? 'yes' : UNKNOWN,
    ...numbers,
    formatAge(report.checkedAt, now),
  ];
}

export function waitingRow(host: string): readonly string[] {
  const cells = Array.from({ length: STATUS_COLUMNS.length - 2 }, () => NOTHING);
  return [`${LEVEL_ICONS.waiting} ${cut(host, LONGEST_HOST)}`, 'waiting', ...cells];
}

function sampleCells(sample: HostSample): readonly string[] {
  return [
    formatPercent(sample.cpuBusyPercent),
    loadCell(sample),
    formatPercent(sample.memoryUsedPercent),
    diskCell(sample.filesystems),
    heapCell(sample.products),
    applicationCell(sample.products),
    sample.uptimeSeconds === undefined ? UNKNOWN : formatDuration(sample.uptimeSeconds),
  ];
}

function loadCell({ loadAverage1, cores }: HostSample): string {
  return loadAverage1 === undefined || !cores ? UNKNOWN : (loadAverage1 / cores).toFixed(2);
}

/** The mount that fills up first; its inodes when they are worse. */
function diskCell(filesystems: readonly FilesystemSample[] | undefined): string {
  const worst = filesystems?.toSorted((one, other) => fullness(other) - fullness(one))[0];
  if (worst === undefined) {
    return UNKNOWN;
  }
  const isInodes = (worst.inodesUsedPercent ?? 0) > worst.usedPercent;
  return `${cut(worst.mount, LONGEST_MOUNT)} ${isInodes ? 'inodes ' : ''}${formatPercent(fullness(worst))}`;
}

function fullness({ usedPercent, inodesUsedPercent }: FilesystemSample): number {
  return Math.max(usedPercent, inodesUsedPercent ?? 0);
}

/** The heap whose old generation is fullest. */
function heapCell(products: readonly ProductSample[]): string {
  const expected = products.filter(({ running }) => running !== false);
  const heaps = expected.flatMap(({ heap }) => heap ?? []);
  const [worst] = heaps
    .map((heap) => ({ heap, oldPercent: (100 * heap.oldGenUsedBytes) / heap.oldGenMaxBytes }))
    .toSorted((one, other) => other.oldPercent - one.oldPercent);
  if (worst === undefined) {
    return expected.length > 0 ? UNKNOWN : NOTHING;
  }
  const { heap, oldPercent } = worst;
  const hidden = expected.length > heaps.length ? `, ${expected.length - heaps.length} ${UNKNOWN}` : '';
  return `${formatShare(heap.usedBytes, heap.maxBytes)}, old ${formatPercent(oldPercent)}${hidden}`;
}

function applicationCell(products: readonly ProductSample[]): string {
  const down = products.filter(({ running }) => running === false);
  const checks = products.flatMap(({ health }) => health).filter(({ owner }) => owner !== 'customer');
  const failing = checks.filter(({ healthy }) => healthy === false);
  if (products.length === 0) {
    return NOTHING;
  }
  if (down.length > 0) {
    return `${down.map(({ name }) => cut(name, LONGEST_MOUNT)).join(', ')} down`;
  }
  if (failing.length > 0) {
    return `${failing.length} of ${checks.length} failing`;
  }
  const isKnown = checks.every(({ healthy }) => healthy) && products.every(({ running }) => running);
  return isKnown ? (checks.length > 0 ? 'healthy' : 'running') : UNKNOWN;
}
