import type { Actor } from '../../domain/actor.ts';
import { permissionToAsk } from '../../domain/approval-policy.ts';
import { checkPermission, type Decision } from '../../domain/permission.ts';
import { accountsFor, fitsGroup, holdsRole, othersThan } from './approvers.ts';
import { type ChangeTarget, findPolicy, policyToDecideBy } from './find-policy.ts';
import type { Rules } from './rules.ts';
import { describeSeats, openSeats } from './seats.ts';

/** May they ask for it? Says nothing of who could approve. @param requester with the grants of now. */
export function decideRequester(requester: Actor, target: ChangeTarget, rules: Rules): Decision {
  const { customer } = target;
  const permission = permissionToAsk(target.change);
  const permitted = checkPermission({ actor: requester, permission, customer }, rules.roles);
  if (!permitted.allowed) {
    return permitted;
  }
  const found = policyToDecideBy(target, rules.policies);
  if ('gap' in found) {
    return { allowed: false, reason: found.gap };
  }
  const { policy } = found;
  if (policy.requesters.some((role) => holdsRole(requester, role, customer))) {
    return { allowed: true };
  }
  const roles = policy.requesters.map((role) => `*${role}*`).join(' or ') || 'nobody';
  return { allowed: false, reason: `The approval policy *${policy.name}* lets ${roles} ask for this, not you.` };
}

/** May they ask for it, and are there people enough who could say yes? */
export function decideRequest(requester: Actor, target: ChangeTarget, rules: Rules): Decision {
  const decision = decideRequester(requester, target, rules);
  const policy = findPolicy(target, rules.policies);
  if (!decision.allowed || policy === undefined) {
    return decision;
  }
  const membership = { customer: target.customer, rules };
  const missing = openSeats({
    groups: policy.groups,
    people: othersThan(requester, accountsFor(policy.groups, membership)),
    fits: (human, group) => human.some((account) => fitsGroup(account, group, membership)),
  });
  if (missing.length === 0) {
    return { allowed: true };
  }
  const reason = `Nobody could ever approve this: besides you, msops.yml lacks ${describeSeats(missing)}, whom the policy *${policy.name}* wants. Whoever runs msops can name more people.`;
  return { allowed: false, reason };
}
