import type { Actor, CustomerScope, PersonId } from '../domain/actor.ts';
import type { ApprovalPolicy, BreakGlassRule } from '../domain/approval-policy.ts';
import type { Config } from './config.ts';
import type { MsopsFile } from './msops-file.ts';
import { environmentsOfPolicy } from './policy-environments.ts';
import type { PolicySection } from './policy-section.ts';
import { toCustomer } from './to-inventory.ts';

/** From the words of the file to those of the domain. The file has been checked before. */
export function toConfig(file: MsopsFile): Config {
  return {
    homeTeam: file.home_team,
    auditChannel: file.audit_channel,
    inventory: { customers: file.customers.map((customer) => toCustomer(customer, file.defaults)) },
    roles: file.roles,
    people: Object.keys(file.people).map((handle) => toActor(handle, file)),
    policies: file.approval_policies.map((policy) => toPolicy(policy, file)),
  };
}

function toActor(handle: string, { people, assignments }: MsopsFile): Actor {
  const own = assignments.filter(({ person }) => person === handle);
  const { id = '', name = handle, also = [] } = people[handle] ?? {};
  return {
    id: id as PersonId,
    displayName: name,
    grants: own.map(({ role, customers }) => ({ role, customers: toScope(customers) })),
    ...(also.length > 0 ? { alsoKnownAs: also as PersonId[] } : {}),
  };
}

function toScope(customers: readonly string[]): CustomerScope {
  return customers.includes('all') ? 'all' : customers;
}

function toPolicy(policy: PolicySection, file: MsopsFile): ApprovalPolicy {
  const { hours, break_glass: breakGlass } = policy;
  return {
    name: policy.name,
    environments: environmentsOfPolicy(policy, file),
    changes: policy.changes,
    requesters: policy.requested_by,
    groups: policy.approved_by,
    expiresAfterMs: policy.expires_after,
    confirmByTyping: policy.confirm_by_typing,
    allowedHours: hours && { days: hours.days, from: hours.from, to: hours.to, timeZone: hours.time_zone },
    ...(breakGlass === undefined ? {} : { breakGlass: toBreakGlass(breakGlass) }),
  };
}

function toBreakGlass({
  roles,
  lasts,
  review_within: reviewWithin,
}: NonNullable<PolicySection['break_glass']>): BreakGlassRule {
  return { roles, lastsMs: lasts, reviewWithinMs: reviewWithin };
}
