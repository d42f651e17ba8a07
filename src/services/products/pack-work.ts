import type { Host, Product } from '../../domain/inventory.ts';
import type { ChangeSpec } from '../rollouts/host-change.ts';
import { productOf } from './select-product.ts';

/** What is done to the pack of one host. Hashed with the plan; JSON. */
export interface PackWork {
  /** Name in the inventory. */
  readonly product: string;
  readonly home: string;
  readonly user: string;
  /** The update tool's file in `bin/`. */
  readonly program: string;
  /** The update level before. */
  readonly from: number;
}

export interface UpdateWork extends PackWork {
  readonly level: number;
}

export interface RevertWork extends PackWork {
  /** An update had left conflicts: then their end shows that it was reverted, not the level. */
  readonly hadConflicts: boolean;
}

/** @throws {TypeError} when it was written by something else. */
export function asUpdateWork(work: unknown): UpdateWork {
  const { level } = fieldsOf(work);
  if (typeof level !== 'number') {
    throw notOurs();
  }
  return { ...asPackWork(work), level };
}

/** @throws {TypeError} when it was written by something else. */
export function asRevertWork(work: unknown): RevertWork {
  return { ...asPackWork(work), hadConflicts: fieldsOf(work).hadConflicts === true };
}

function asPackWork(work: unknown): PackWork {
  const { product, home, user, program, from } = fieldsOf(work);
  const isOurs = [product, home, user, program].every((field) => typeof field === 'string');
  if (!isOurs || typeof from !== 'number') {
    throw notOurs();
  }
  return { product, home, user, program, from } as PackWork;
}

function fieldsOf(work: unknown): Readonly<Record<string, unknown>> {
  return typeof work === 'object' && work !== null ? (work as Record<string, unknown>) : {};
}

function notOurs(): TypeError {
  return new TypeError('This work was not planned by a change of products.');
}

/** The product as it was approved. @throws {TypeError} when the inventory has it no more, or has changed it. */
export function productOfWork(host: Host, { product: name, home, user }: PackWork): Product {
  const product = productOf(host, name);
  if (product?.home !== home || product.serviceUser !== user) {
    throw new TypeError(`The inventory of ${host.name} does not have ${name} in ${home} as ${user} any more.`);
  }
  return product;
}

/** `product` of a spec; a wrong one is empty, which no product is called. */
export function productNameOf(spec: ChangeSpec): string {
  return typeof spec.product === 'string' ? spec.product : '';
}
