import { type HopFailureFacts, hopFailureName } from '../../domain/hop-failure.ts';
import type { HostReport, HostSample } from '../../domain/host-report.ts';
import type { Host, Signal } from '../../domain/inventory.ts';
import { readFilesystems } from './read-filesystems.ts';
import { readNumbers } from './read-numbers.ts';
import { readProduct } from './read-product.ts';
import type { Reading } from './reading.ts';

/**
 * What one check says of each thing on a host. What it did not get to is left out, so it stays as it was; what it could
 * not read is `unknown`. A check that was canceled says nothing.
 */
export function readHost(report: HostReport, host: Host): readonly Reading[] {
  const { failure, sample, findings } = report;
  if (failure?.kind === 'canceled') {
    return [];
  }
  const arrived = well(report.host, 'missing', { text: 'checked' });
  if (failure !== undefined) {
    return [arrived, unreachable(report.host, failure)];
  }
  if (sample === undefined) {
    return [arrived, incomplete(report.host, findings[0]?.text ?? 'the check gave nothing')];
  }
  return [arrived, well(report.host, 'reachability', { text: 'reached' }), ...readSample(sample, host)];
}

function readSample(sample: HostSample, host: Host): readonly Reading[] {
  const stray = sample.gaps.find((gap) => !KNOWN_GAP.test(gap));
  return [
    stray === undefined
      ? well(host.name, 'missing', { subject: PROBE, text: 'the check was complete' })
      : incomplete(host.name, stray),
    ...readNumbers(sample, host),
    ...readFilesystems(sample, host),
    ...sample.products.flatMap((product) => readProduct(product, host)),
  ];
}

/** Gaps that make another signal unknown, or that nobody is alerted for. */
const KNOWN_GAP = /^(?:CPU|memory|load|number of cores|uptime|disks|df|inodes|\/proc\/mounts)\b|^\/proc\/mounts/;

/** Subject of what is missing although the host did answer. */
const PROBE = 'check';

function incomplete(host: string, text: string): Reading {
  return { host, signal: 'missing', subject: PROBE, level: 'unknown', isClear: false, text };
}

function well(host: string, signal: Signal, { subject = '', text }: { subject?: string; text: string }): Reading {
  return { host, signal, subject, level: 'ok', isClear: true, text };
}

function unreachable(host: string, failure: HopFailureFacts): Reading {
  const reading = { host, signal: 'reachability', subject: '', level: 'critical', isClear: false } as const;
  return failure.role === 'host'
    ? { ...reading, text: inWords(failure) }
    : { ...reading, text: `${inWords(failure)} at ${failure.hop}`, hop: failure.hop };
}

/** `cannot be reached: no SSH banner (after 10 s)`. */
function inWords({ kind, detail }: Pick<HopFailureFacts, 'kind' | 'detail'>): string {
  return `cannot be reached: ${hopFailureName(kind)}${detail === undefined ? '' : ` (${detail})`}`;
}
