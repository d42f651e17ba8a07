import type { Environment } from './inventory.ts';

/** `customer/environment`, the name that is never ambiguous and can be typed anywhere. */
export function refOf({ customer, name }: Pick<Environment, 'customer' | 'name'>): string {
  return `${customer}/${name}`;
}
