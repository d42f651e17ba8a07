import type { Actor } from '../../domain/actor.ts';
import { checkPermission } from '../../domain/permission.ts';
import { actorOfNow, fitsGroup, isOfTeam, isSameHuman } from './approvers.ts';
import type { BreakGlass } from './break-glass-service.ts';
import { policiesOf } from './find-policy.ts';
import type { Rules } from './rules.ts';

/**
 * Who fits a group of a policy of the environment, and the customer's own approvers whether a policy wants them or
 * not; never the person who did it. Each once, by their first account.
 */
export function peopleToTell(opened: BreakGlass, rules: Rules): readonly Actor[] {
  const { customer } = opened;
  const membership = { customer, rules };
  const groups = policiesOf(opened, rules.policies).flatMap((policy) => policy.groups);
  const user = actorOfNow(opened.person, rules);
  const isApprover = (actor: Actor): boolean =>
    groups.some((group) => fitsGroup(actor, group, membership)) ||
    (isOfTeam(actor, 'customer', membership) &&
      checkPermission({ actor, permission: 'change.approve', customer }, rules.roles).allowed);
  return rules
    .people()
    .filter(({ id, alsoKnownAs = [] }) => [id, ...alsoKnownAs].some((account) => isApprover(rules.findActor(account))))
    .map(({ id }) => rules.findActor(id))
    .filter((actor) => !isSameHuman(actor, user));
}
