import type { Actor } from '../../domain/actor.ts';
import type { BreakGlassRule } from '../../domain/approval-policy.ts';
import { checkPermission } from '../../domain/permission.ts';
import { holdsRole } from './approvers.ts';
import { policiesOf, refOf } from './find-policy.ts';
import type { Rules } from './rules.ts';

const SHORTEST_REASON = 10;
const WORD = /\p{L}{2,}/gu;

export interface EmergencyPlace {
  readonly customer: string;
  /** Name alone, without the customer. */
  readonly environment: string;
}

/** By which rule somebody may do without approval there, or why they may not. @param actor with the grants of now. */
export function decideBreakGlass(
  actor: Actor,
  place: EmergencyPlace,
  rules: Rules,
): { readonly rule: Pick<BreakGlassRule, 'lastsMs' | 'reviewWithinMs'> } | { readonly reason: string } {
  const { customer } = place;
  const permitted = checkPermission({ actor, permission: 'break_glass.use', customer }, rules.roles);
  if (!permitted.allowed) {
    return { reason: permitted.reason };
  }
  const allowing = policiesOf(place, rules.policies).flatMap(({ breakGlass }) =>
    breakGlass !== undefined && mayUse(actor, breakGlass, customer) ? [breakGlass] : [],
  );
  if (allowing.length === 0) {
    return { reason: `No approval policy of \`${refOf(place)}\` lets you do without approval in an emergency.` };
  }
  // One emergency answers for several kinds of change: the strictest of their policies is good for all.
  const lastsMs = Math.min(...allowing.map((rule) => rule.lastsMs));
  const reviewWithinMs = Math.min(...allowing.map((rule) => rule.reviewWithinMs));
  return { rule: { lastsMs, reviewWithinMs } };
}

export function mayUse(actor: Actor, rule: BreakGlassRule, customer: string): boolean {
  return rule.roles.some((role) => holdsRole(actor, role, customer));
}

/** At least two different words, and long enough for somebody else to understand it later. */
export function saysSomething(reason: string): boolean {
  const words = new Set(reason.toLowerCase().match(WORD));
  return reason.length >= SHORTEST_REASON && words.size >= 2;
}
