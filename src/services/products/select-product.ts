import { UserError } from '../../domain/errors.ts';
import type { Environment, Host, Product } from '../../domain/inventory.ts';
import { nearest } from '../../domain/nearest.ts';

interface Hosts {
  readonly environment: Environment;
  readonly hosts: readonly Host[];
}

/** The hosts that have the product. @throws {UserError} when none has. */
export function selectProduct<Selection extends Hosts>(selection: Selection, name: string): Selection {
  const hosts = selection.hosts.filter((host) => productOf(host, name) !== undefined);
  if (hosts.length === 0) {
    throw new UserError(`None of these hosts has a product called \`${name.slice(0, 40)}\`.`, {
      hint: hintFor(name, productNames(selection.hosts)),
    });
  }
  return { ...selection, hosts };
}

export function productOf(host: Host, name: string): Product | undefined {
  return host.products.find((product) => product.name === name);
}

function productNames(hosts: readonly Host[]): readonly string[] {
  return [...new Set(hosts.flatMap(({ products }) => products.map(({ name }) => name)))].toSorted();
}

function hintFor(name: string, known: readonly string[]): string {
  const meant = nearest(name, known);
  if (meant !== undefined) {
    return `Did you mean \`${meant}\`?`;
  }
  return known.length > 0
    ? `There are: ${known.map((product) => `\`${product}\``).join(', ')}.`
    : 'The inventory has no products for them.';
}
