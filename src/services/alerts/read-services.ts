import type { HealthSample, ProductSample } from '../../domain/host-report.ts';
import type { Product } from '../../domain/inventory.ts';
import type { Reading } from './reading.ts';

/** What belongs to the customer on top of a product. One that does not run has none to ask: what was known stays. */
export function readServices({ name, running, health }: ProductSample, host: string): readonly Reading[] {
  const theirs = running === false ? [] : health.filter(({ owner }) => owner === 'customer');
  return theirs.map((check) => {
    const subject = serviceName(name, check);
    const thing = { host, signal: 'service', subject, owner: 'customer' } as const;
    return { ...thing, ...judge(subject, check) };
  });
}

/** Subjects of the alerts of a product's services. */
export function servicesOf({ name, health }: Product): readonly string[] {
  return health.filter(({ owner }) => owner === 'customer').map((endpoint) => serviceName(name, endpoint));
}

function serviceName(product: string, { name }: { readonly name: string }): string {
  return `${product}/${name}`;
}

function judge(subject: string, { healthy, detail }: HealthSample): Pick<Reading, 'level' | 'isClear' | 'text'> {
  const words = detail === '' ? '' : ` (${detail})`;
  if (healthy === undefined) {
    return { level: 'unknown', isClear: false, text: `${subject}: health check unknown${words}` };
  }
  return healthy
    ? { level: 'ok', isClear: true, text: `${subject} is healthy` }
    : { level: 'critical', isClear: false, text: `${subject}: health check failed${words}` };
}
