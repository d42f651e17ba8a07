import type { Customer } from '../domain/inventory.ts';
import type { Permission } from '../domain/permission.ts';
import type { ActionContext } from './action-spec.ts';
import { reachOrDeny } from './reach-or-deny.ts';

/**
 * The customers for whom they have the permission here, each once.
 * @throws {DeniedError} when it is nobody.
 */
export function customersHere(
  permission: Permission,
  { actor, place, services }: Pick<ActionContext, 'actor' | 'place' | 'services'>,
): readonly Customer[] {
  const reach = reachOrDeny(permission, { actor, place, services });
  const visible = services.inventory.visibleEnvironments({ actor, place, permission }).map(({ customer }) => customer);
  const ids = reach === 'all' ? [...new Set(visible)] : reach;
  return ids.flatMap((id) => services.inventory.findCustomer(id) ?? []);
}
