import { UserError } from '../../domain/errors.ts';
import type { Customer } from '../../domain/inventory.ts';
import { nearest } from '../../domain/nearest.ts';
import { listed } from '../../services/inventory/select-environment.ts';
import { echo, readTypedName } from '../../services/inventory/typed-name.ts';

/**
 * The customer that somebody means by its id. Knows only those that they may do this for here, so a name of somebody
 * else's and a name of nobody's get the same answer.
 *
 * @throws {UserError}
 */
export function selectCustomer(typed: string, customers: readonly Customer[]): Customer {
  const wanted = readTypedName(typed);
  const found = customers.find(({ id }) => id === wanted);
  if (found === undefined) {
    const ids = customers.map(({ id }) => id);
    const similar = nearest(wanted, ids);
    const guess = similar === undefined ? '' : `Did you mean \`${similar}\`? `;
    throw new UserError(`There is no customer ${echo(typed)} here.`, { hint: `${guess}Here there is ${listed(ids)}.` });
  }
  return found;
}
