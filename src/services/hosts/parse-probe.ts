import type { HostSample } from '../../domain/host-report.ts';
import type { Host } from '../../domain/inventory.ts';
import { describePart, type ProbeParts, splitProbeOutput } from '../../domain/probe-output.ts';
import { filesystemGaps, parseFilesystems } from './parse-filesystems.ts';
import { parseProduct } from './parse-product.ts';
import { parseCpu, parseMemory, parseSystem } from './parse-system.ts';

/** What the probe of this host printed. Never throws: what is missing, cut or garbled is unknown, and said in `gaps`. */
export function parseProbe(output: string, host: Host): HostSample {
  const parts = splitProbeOutput(output);
  const numbers = { ...parseCpu(parts), ...parseMemory(parts), ...parseSystem(parts) };
  const filesystems = parseFilesystems(parts);
  const products = host.products.map((product, index) => parseProduct(product, index, parts));
  const gaps = [...(parts.has('end') ? [] : ['the answer of the probe was cut']), ...numberGaps(numbers, parts)];
  return {
    ...numbers,
    filesystems,
    products,
    gaps: [
      ...gaps,
      ...(filesystems ? [] : [`disks: ${describePart(parts.get('filesystems') ?? parts.get('disks'))}`]),
      ...filesystemGaps(parts),
    ],
  };
}

const SOURCES = [
  { number: 'cpuBusyPercent', part: 'cpu2', words: 'CPU' },
  { number: 'memoryUsedPercent', part: 'memory', words: 'memory' },
  { number: 'loadAverage1', part: 'load', words: 'load' },
  { number: 'cores', part: 'cores', words: 'number of cores' },
  { number: 'uptimeSeconds', part: 'uptime', words: 'uptime' },
] as const;

type Numbers = Partial<Record<(typeof SOURCES)[number]['number'], number | undefined>>;

function numberGaps(numbers: Numbers, parts: ProbeParts): readonly string[] {
  return SOURCES.filter(({ number }) => numbers[number] === undefined).map(
    ({ part, words }) =>
      `${words}: ${part === 'cpu2' && standsStill(parts) ? STOOD_STILL : describePart(parts.get(part))}`,
  );
}

const STOOD_STILL = 'the counters of /proc/stat did not move between two reads';

/** Both reads are good and the same: a paused or very slow virtual machine. */
function standsStill(parts: ProbeParts): boolean {
  const [first, second] = [parts.get('cpu1'), parts.get('cpu2')];
  return first?.exitCode === 0 && second?.exitCode === 0 && first.lines[0] === second.lines[0];
}
