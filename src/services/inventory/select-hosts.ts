import { refOf } from '../../domain/environment-ref.ts';
import { UserError } from '../../domain/errors.ts';
import type { Environment, Host } from '../../domain/inventory.ts';
import { listSome } from '../../domain/list-some.ts';
import { nearest } from '../../domain/nearest.ts';
import { listed } from './select-environment.ts';
import { echo, readTypedName } from './typed-name.ts';

const MOST_ECHOED = 3;

/**
 * The named hosts of an environment, each once and in the order of the inventory; without names all of them.
 *
 * @throws {UserError} when one of them is not there: better nothing than half of what was meant.
 */
export function selectHosts(typed: readonly string[], environment: Environment): readonly Host[] {
  if (typed.length === 0) {
    return environment.hosts;
  }
  const known = environment.hosts.map(({ name }) => name);
  const folded = new Set(known.map((name) => name.toLowerCase()));
  const unknown = typed.filter((name) => !folded.has(readTypedName(name)));
  if (unknown.length > 0) {
    throw new UserError(describeUnknown(unknown, environment), { hint: suggest(unknown, known) });
  }
  const wanted = new Set(typed.map(readTypedName));
  return environment.hosts.filter(({ name }) => wanted.has(name.toLowerCase()));
}

function describeUnknown(unknown: readonly string[], environment: Environment): string {
  const echoed = listSome(unknown.map(echo), MOST_ECHOED);
  return `There is no host ${echoed} in \`${refOf(environment)}\`.`;
}

function suggest(unknown: readonly string[], known: readonly string[]): string {
  const matches = unknown.slice(0, MOST_ECHOED).map((name) => nearest(readTypedName(name), known));
  const similar = [...new Set(matches.filter((name) => name !== undefined))];
  const question = similar.length > 0 ? `Did you mean ${listed(similar)}? ` : '';
  return `${question}It has ${listed(known)}.`;
}
