import type { Customer } from '../../domain/inventory.ts';
import type { Audience } from './email-verification.ts';

/** The addresses that the rules of a customer send mails to, each once. A customer sees those of its own rules. */
export function ruledAddresses(
  { environments }: Pick<Customer, 'environments'>,
  audience: Audience,
): readonly string[] {
  const rules = environments.flatMap(({ monitoring }) => monitoring?.notices ?? []);
  const visible = rules.filter(({ owner }) => audience === 'operations' || owner === 'customer');
  const addresses = visible.filter(({ kind }) => kind === 'email').flatMap(({ to }) => to);
  return [...new Map(addresses.map((address) => [address.toLowerCase(), address])).values()];
}
