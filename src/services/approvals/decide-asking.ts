import { type Actor, toPerson } from '../../domain/actor.ts';
import type { ChangeKind } from '../../domain/approval-policy.ts';
import type { Environment } from '../../domain/inventory.ts';
import type { Decision } from '../../domain/permission.ts';
import { actorOfNow } from './approvers.ts';
import type { BreakGlass, BreakGlassService } from './break-glass-service.ts';
import { decideRequest, decideRequester } from './decide-request.ts';
import type { ChangeTarget } from './find-policy.ts';
import { type RuleSource, type Rules, rulesOfNow } from './rules.ts';

export interface Asking {
  readonly actor: Actor;
  readonly environment: Environment;
  readonly change: ChangeKind;
}

export interface DecidedAsking {
  readonly decision: Decision;
  /** That would answer it at once. */
  readonly emergency: BreakGlass | undefined;
  /** With the grants of now. */
  readonly requester: Actor;
  readonly target: ChangeTarget;
  readonly rules: Rules;
}

/** May they ask for this change? Nobody has to be there to approve what an emergency answers. */
export async function decideAsking(
  { actor, environment, change }: Asking,
  deps: RuleSource & { readonly breakGlass: Pick<BreakGlassService, 'answering'> },
): Promise<DecidedAsking> {
  const rules = rulesOfNow(deps);
  const requester = actorOfNow(toPerson(actor), rules);
  const target = { customer: environment.customer, environment: environment.name, change };
  const emergency = await deps.breakGlass.answering(requester, environment, change);
  const decision = (emergency === undefined ? decideRequest : decideRequester)(requester, target, rules);
  return { decision, emergency, requester, target, rules };
}
