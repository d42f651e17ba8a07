import { hopFailureText } from '../../domain/hop-failure.ts';
import type { HealthSample, HeapSample, HostReport, ProductSample } from '../../domain/host-report.ts';
import type { Host, Product, Thresholds } from '../../domain/inventory.ts';
import type { HealthVerdict } from './host-operations.ts';

/**
 * Does the host do its work? Unknown is not healthy, and is told apart from what is known to be bad. Disks, CPU and
 * memory of the host do not count: a change does not wait for them.
 */
export function judgeReady({ failure, findings, sample }: HostReport, host: Host): HealthVerdict {
  if (failure !== undefined) {
    return verdict([`not reached: ${hopFailureText(failure)}`]);
  }
  if (sample === undefined) {
    return verdict(findings.length > 0 ? findings.map(({ text }) => text) : ['unknown: the check said nothing']);
  }
  const found = (product: Product) => sample.products.find(({ name }) => name === product.name);
  return verdict(host.products.flatMap((product) => judgeProduct(product, found(product), host.thresholds)));
}

function verdict(problems: readonly string[]): HealthVerdict {
  return problems.length === 0 ? { healthy: true } : { healthy: false, reason: problems.join('; ') };
}

function judgeProduct(
  { name, health }: Product,
  sample: ProductSample | undefined,
  thresholds: Thresholds,
): readonly string[] {
  const { running, note, heap } = sample ?? {};
  if (running !== true) {
    const words = running === false ? 'is not running' : 'unknown whether it is running';
    return [`${name}: ${words}${note === undefined ? '' : `: ${note}`}`];
  }
  // Services of the customer may fail for reasons of their own, and would hold back every patch meanwhile.
  const ours = health.filter(({ owner }) => owner !== 'customer');
  const answers = ours.flatMap((endpoint) =>
    judgeHealth(
      endpoint.name,
      sample?.health.find((one) => one.name === endpoint.name),
    ),
  );
  const several = heap !== undefined && note !== undefined ? [note] : [];
  return [...answers, ...judgeHeap({ heap, note }, thresholds), ...several].map((text) => `${name}: ${text}`);
}

function judgeHealth(name: string, sample: HealthSample | undefined): readonly string[] {
  if (sample?.healthy === true) {
    return [];
  }
  const words = sample?.healthy === false ? 'failed' : 'unknown';
  return [`health check ${name} ${words}${sample === undefined ? '' : `: ${sample.detail}`}`];
}

function judgeHeap(
  { heap, note = 'not read' }: { readonly heap: HeapSample | undefined; readonly note: string | undefined },
  { oldGenUsed }: Thresholds,
): readonly string[] {
  if (heap === undefined) {
    return [`heap unknown: ${note}`];
  }
  const usedPercent = (100 * heap.oldGenUsedBytes) / heap.oldGenMaxBytes;
  return usedPercent < oldGenUsed.critical
    ? []
    : [`old generation ${Math.floor(usedPercent)} % used (critical from ${oldGenUsed.critical} %)`];
}
