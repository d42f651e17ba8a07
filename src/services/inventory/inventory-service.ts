import type { Actor, CustomerScope, PersonId } from '../../domain/actor.ts';
import { DeniedError } from '../../domain/errors.ts';
import type { Customer, Environment, Host } from '../../domain/inventory.ts';
import { checkPermission, type Decision, type Permission } from '../../domain/permission.ts';
import type { Place } from '../../domain/place.ts';
import { asKnownBy } from './as-known-by.ts';
import { decideEntry, decideReach } from './decide-reach.ts';
import type { InventoryConfig } from './inventory-config.ts';
import { narrowGrants } from './narrow-grants.ts';
import { selectEnvironment } from './select-environment.ts';
import { selectHosts } from './select-hosts.ts';

/** What somebody asked for, and may have. */
export interface Selection {
  /** Id of the customer. */
  readonly customer: string;
  readonly environment: Environment;
  /** At least one. */
  readonly hosts: readonly Host[];
}

export interface SelectionRequest {
  readonly actor: Actor;
  readonly place: Place;
  readonly permission: Permission;
  /** As typed: `prod`, or `acme/prod`. */
  readonly environment: string;
  /** As typed; none: all hosts of the environment. */
  readonly hosts?: readonly string[] | undefined;
}

/** Who somebody is, and what they may see where. Every door asks here before anything is touched. */
export interface InventoryService {
  /**
   * By any of their accounts; `id` is the one that was asked for, `alsoKnownAs` has the others. Somebody unknown has
   * no grants. A customer's people, and ours with an account in a customer's workspace, have theirs for that company
   * alone.
   */
  findActor(id: PersonId): Actor;
  /** Each person once, by their first account. */
  people(): readonly Actor[];
  /** @param question.permission `undefined`: may they talk to the bot here at all. */
  mayUse(question: { actor: Actor; place: Place; permission: Permission | undefined }): Decision;
  /** The customers for whom somebody has the permission here; empty: none. `'all'` also covers what belongs to no customer. */
  reach(question: { actor: Actor; place: Place; permission: Permission }): CustomerScope;
  /** For where to write to and how to call it; asks no permission, so it is for customers that somebody may see. */
  findCustomer(id: string): Customer | undefined;
  /**
   * What may be listed here; empty when nothing.
   * @param question.permission `inventory.read` when it is missing.
   */
  visibleEnvironments(question: { actor: Actor; place: Place; permission?: Permission }): readonly Environment[];
  /**
   * @throws {DeniedError} when the person may not do it here.
   * @throws {UserError} when the names fit nothing, or too much.
   */
  select(request: SelectionRequest): Selection;
}

/** @param deps.config Asked anew each time, because the configuration can be reloaded. */
export function createInventoryService({ config }: { config: () => InventoryConfig }): InventoryService {
  return {
    findActor(id) {
      const known = config().people.map((person) => asKnownBy(id, person));
      const actor = known.find((person) => person !== undefined);
      return narrowGrants(actor ?? { id, displayName: id, grants: [] }, config());
    },
    people: () => config().people,
    mayUse({ actor, place, permission }) {
      const asking = { actor, place, config: config() };
      return permission === undefined ? decideEntry(asking) : decideReach(asking, [permission]).decision;
    },
    reach({ actor, place, permission }) {
      const reach = decideReach({ actor, place, config: config() }, [permission]);
      const isEverything = place.kind !== 'channel' && hasForAll(actor, permission, config());
      return isEverything ? 'all' : reach.customers.map(({ id }) => id);
    },
    findCustomer: (id) => config().inventory.customers.find((customer) => customer.id === id),
    visibleEnvironments({ actor, place, permission = 'inventory.read' }) {
      return environmentsOf(decideReach({ actor, place, config: config() }, [permission]).customers);
    },
    select: (request) => select(request, config()),
  };
}

/** A name is looked for among what may be listed; only then it is asked whether the person may do this there. */
function select(
  { actor, place, permission, environment: typed, hosts }: SelectionRequest,
  config: InventoryConfig,
): Selection {
  const { customers, decision } = decideReach({ actor, place, config }, [permission, 'inventory.read']);
  refuseUnless(decision);
  const environment = selectEnvironment(typed, environmentsOf(customers));
  const question = { actor: narrowGrants(actor, config), permission, customer: environment.customer };
  refuseUnless(checkPermission(question, config.roles));
  return { customer: environment.customer, environment, hosts: selectHosts(hosts ?? [], environment) };
}

function refuseUnless(decision: Decision): void {
  if (!decision.allowed) {
    throw new DeniedError(decision.reason);
  }
}

function hasForAll(actor: Actor, permission: Permission, config: InventoryConfig): boolean {
  const widest = narrowGrants(actor, config).grants.filter(({ customers }) => customers === 'all');
  const question = { actor: { ...actor, grants: widest }, permission, customer: undefined };
  return widest.length > 0 && checkPermission(question, config.roles).allowed;
}

function environmentsOf(customers: readonly Customer[]): readonly Environment[] {
  return customers.flatMap(({ environments }) => environments);
}
