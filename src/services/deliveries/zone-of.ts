import type { Customer } from '../../domain/inventory.ts';

/** Where its reader is. */
export function zoneOf(
  { customer, environment }: { readonly customer: string; readonly environment?: string | undefined },
  customers: readonly Customer[],
): string {
  const environments = customers.find(({ id }) => id === customer)?.environments;
  return environments?.find(({ name }) => name === environment)?.timeZone ?? 'UTC';
}
