import { refOf } from '../../domain/environment-ref.ts';
import { UserError } from '../../domain/errors.ts';
import type { Environment } from '../../domain/inventory.ts';
import { listSome } from '../../domain/list-some.ts';
import { nearest } from '../../domain/nearest.ts';
import { echo, readTypedName } from './typed-name.ts';

const MOST_LISTED = 10;

/**
 * The environment that somebody means by `prod` or `acme/prod`. Knows only what the person may see here, so a name of
 * somebody else's and a name of nobody's get the same answer.
 *
 * @throws {UserError} when none or more than one has that name.
 */
export function selectEnvironment(typed: string, visible: readonly Environment[]): Environment {
  const wanted = readTypedName(typed);
  const found = visible.filter((environment) => [environment.name, refOf(environment)].includes(wanted));
  const [only, ...others] = found;
  if (only === undefined) {
    throw new UserError(`There is no environment ${echo(typed)} here.`, { hint: suggest(wanted, visible) });
  }
  if (others.length > 0) {
    const choices = listed(found.map(refOf));
    throw new UserError(`More than one customer has an environment \`${only.name}\` here.`, {
      hint: `Say which: ${choices}`,
    });
  }
  return only;
}

function suggest(wanted: string, visible: readonly Environment[]): string {
  const names = namesToType(visible);
  const similar = nearest(wanted, [...names, ...visible.map(refOf)]);
  return similar === undefined
    ? `Here there is ${listed(names)}.`
    : `Did you mean \`${similar}\`? Here there is ${listed(names)}.`;
}

/** The short name where it is enough. */
function namesToType(visible: readonly Environment[]): readonly string[] {
  const customers = new Set(visible.map(({ customer }) => customer));
  return visible.map((environment) => (customers.size === 1 ? environment.name : refOf(environment)));
}

export function listed(names: readonly string[]): string {
  const quoted = names.map((name) => `\`${name}\``);
  return listSome(quoted, MOST_LISTED);
}
