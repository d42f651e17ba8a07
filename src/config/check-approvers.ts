import { CHANGE_KINDS, permissionToAsk } from '../domain/approval-policy.ts';
import { count } from '../domain/count.ts';
import { emptySeats } from '../domain/empty-seats.ts';
import type { Permission } from '../domain/permission.ts';
import { teamOf } from './check-accounts.ts';
import type { Complaint, ProblemPath } from './config-problem.ts';
import { allEnvironments, environmentsOfPolicy } from './policy-environments.ts';
import type { Skeleton, SkeletonPolicy } from './skeleton.ts';

type Group = SkeletonPolicy['approved_by'][number];

/** A policy in one of its environments. */
interface Scene {
  readonly policy: SkeletonPolicy;
  /** `customer/environment`. */
  readonly ref: string;
  readonly customer: string;
  readonly file: Skeleton;
}

/** That every approval can be given, and by somebody else than who asked. For a file whose people and roles are right. */
export function checkApprovers(file: Skeleton): readonly Complaint[] {
  const known = allEnvironments(file).map(({ ref }) => ref);
  return file.approval_policies.flatMap((policy, index) => {
    const refs = environmentsOfPolicy(policy, file).filter((ref) => known.includes(ref));
    const scenes = refs.map((ref) => ({ policy, ref, customer: ref.split('/')[0] ?? '', file }));
    const path = ['approval_policies', index, 'approved_by'];
    const groups = policy.approved_by.flatMap((group, position) => {
      const message = firstOf(scenes, (scene) => lackingApprovers(group, scene));
      return message === undefined ? [] : [{ path: [...path, position], message }];
    });
    const together = groups.length > 0 ? undefined : firstOf(scenes, lackingTogether);
    return [
      ...groups,
      ...(together === undefined ? [] : [{ path, message: together }]),
      ...checkPowers(scenes, policy, ['approval_policies', index]),
    ];
  });
}

/** A policy gives nobody a permission: who may ask by it, or use its break-glass, needs that from a role too. */
function checkPowers(scenes: readonly Scene[], policy: SkeletonPolicy, path: ProblemPath): readonly Complaint[] {
  const powers = [
    { path: [...path, 'requested_by'], roles: policy.requested_by, permissions: permissionsToAsk(policy) },
    { path: [...path, 'break_glass', 'roles'], roles: policy.break_glass.roles, permissions: ['break_glass.use'] },
  ] as const;
  return powers.flatMap(({ path: here, roles, permissions }) => {
    const message = firstOf(scenes, (scene) => {
      const holders = holdersOfAny(roles, scene);
      const isPowerless = holders.length > 0 && !holders.some((person) => mayDoAny(person, permissions, scene));
      const named = permissions.join(' or ');
      return isPowerless ? `nobody with these roles for ${scene.ref} has the permission ${named}` : undefined;
    });
    return message === undefined ? [] : [{ path: here, message }];
  });
}

/** One complaint is enough: the same mistake shows in every environment of a policy. */
function firstOf(scenes: readonly Scene[], judge: (scene: Scene) => string | undefined): string | undefined {
  return scenes.map(judge).find((message) => message !== undefined);
}

function lackingApprovers(group: Group, scene: Scene): string | undefined {
  const { role = '', count: seats, team } = group;
  if (!Object.hasOwn(scene.file.roles, role)) {
    return undefined;
  }
  const holders = holdersOf(group, scene);
  const approvers = holders.filter((person) => mayDo(person, 'change.approve', scene));
  if (approvers.length >= seats) {
    return undefined;
  }
  const where = { home: ' of ours', customer: ` of ${scene.customer}'s workspace` }[team] ?? '';
  const who = count(approvers.length, `person${where} has`, `people${where} have`);
  const permission = holders.length > approvers.length ? ' together with the permission change.approve' : '';
  return `needs ${seats} of the role ${role} for ${scene.ref}, but ${who} it${permission}`;
}

/** Each group could be filled by itself; now all of them at once, without who asked. */
function lackingTogether(scene: Scene): string | undefined {
  const { policy, ref } = scene;
  const groups = policy.approved_by.filter(({ role }) => Object.hasOwn(scene.file.roles, role ?? ''));
  const seats = groups.flatMap((group) => {
    const approvers = holdersOf(group, scene).filter((person) => mayDo(person, 'change.approve', scene));
    return Array.from({ length: group.count }, () => approvers);
  });
  if (!canFill(seats)) {
    return `needs ${seats.length} people for ${ref}, each for one seat, and there are not so many with these roles`;
  }
  const requesters = holdersOfAny(policy.requested_by, scene).filter((person) =>
    mayDoAny(person, permissionsToAsk(policy), scene),
  );
  const isAnybodyServed = requesters.some((requester) => canFill(seats.map((seat) => without(seat, requester))));
  return requesters.length === 0 || isAnybodyServed ? undefined : describeAlone(requesters, ref);
}

/** Can every seat be taken by a person of its own? @param seats For each seat those who may take it. */
function canFill(seats: readonly (readonly string[])[]): boolean {
  const people = [...new Set(seats.flat())];
  return emptySeats({ seats, people, fits: (person, seat) => seat.includes(person) }).length === 0;
}

function describeAlone(requesters: readonly string[], ref: string): string {
  const [only = '', ...others] = requesters;
  return others.length === 0
    ? `can never be given for ${ref}: only ${only} may ask there, and it needs ${only} to approve; nobody approves what they asked for`
    : `can never be given for ${ref}: whoever of ${requesters.join(', ')} asks is needed to approve; nobody approves what they asked for`;
}

function without(seat: readonly string[], requester: string): readonly string[] {
  return seat.filter((person) => person !== requester);
}

function holdersOfAny(roles: readonly (string | undefined)[], scene: Scene): readonly string[] {
  return [...new Set(roles.flatMap((role) => holdersOf({ role, team: 'any' }, scene)))];
}

/**
 * Handles of those who hold the role for this customer and belong to the team. The team is that of their first
 * account: one of ours with a guest account at the customer's does not stand for the customer.
 */
function holdersOf({ role, team }: Pick<Group, 'role' | 'team'>, { customer, file }: Scene): readonly string[] {
  const customerTeam = file.customers.find(({ id }) => id === customer)?.slack_team;
  const wanted = { home: file.home_team, customer: customerTeam ?? 'none' }[team];
  const people = Object.keys(file.people).filter((person) => rolesOf(person, customer, file).includes(role));
  return people.filter((person) => {
    const id = file.people[person]?.id;
    return id === undefined || wanted === undefined || teamOf(id) === wanted;
  });
}

function permissionsToAsk({ changes }: SkeletonPolicy): readonly Permission[] {
  const known = CHANGE_KINDS.filter((kind) => changes.includes(kind));
  return [...new Set((known.length > 0 ? known : (['patch'] as const)).map(permissionToAsk))];
}

function mayDoAny(person: string, permissions: readonly Permission[], scene: Scene): boolean {
  return permissions.some((permission) => mayDo(person, permission, scene));
}

function mayDo(person: string, permission: Permission, { customer, file }: Scene): boolean {
  return rolesOf(person, customer, file).some((role) => file.roles[role ?? '']?.includes(permission));
}

function rolesOf(handle: string, customer: string, { assignments }: Skeleton): readonly (string | undefined)[] {
  const own = assignments.filter(({ person, customers }) => {
    const scope = typeof customers === 'string' ? [customers] : customers;
    return person === handle && (scope.includes('all') || scope.includes(customer));
  });
  return own.map(({ role }) => role);
}
