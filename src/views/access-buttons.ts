import type { ActionsBlock, Button } from '@slack/types';
import type { GrantFacts } from '../services/access/ports.ts';
import { type AccessAudience, isBeingEnded } from './access-state.ts';
import { actions, button } from './blocks.ts';
import { APPROVE, REJECT } from './rollout-buttons.ts';

/** Action ids; the value of the first is of `rememberDraft`, or the customer's id; of the others the id of the grant. */
export const ACCESS_REQUEST = 'access.request';
export const ACCESS_SHORTER = 'access.shorter';
export const ACCESS_EXTEND = 'access.extend';
export const ACCESS_DONE = 'access.done';
export const ACCESS_REVOKE = 'access.revoke';
export const ACCESS_DETAILS = 'access.details';

/** What can be done with a grant as it stands. Who may do it is checked at the click. */
export function accessButtons(facts: GrantFacts, audience: AccessAudience): readonly ActionsBlock[] {
  if (isBeingEnded(facts.grant)) {
    return [];
  }
  return actions(...(audience === 'ops' ? opsButtons(facts) : sharedButtons(facts)));
}

export function requestButton(value: string, label = 'Request access'): Button | undefined {
  return styled(button(label, ACCESS_REQUEST, value), 'primary');
}

/** For the one person whom it is for. A later end that is approved is in the way of no further one. */
export function ownButtons({ grant }: GrantFacts): readonly (Button | undefined)[] {
  const isAsked = grant.extension !== undefined && grant.extension.approvedAt === undefined;
  return [...(isAsked ? [] : [button('Extend', ACCESS_EXTEND, grant.id)]), button('Done', ACCESS_DONE, grant.id)];
}

function opsButtons(facts: GrantFacts): readonly (Button | undefined)[] {
  const { grant } = facts;
  const revoke = styled(button('Revoke', ACCESS_REVOKE, grant.id), 'danger');
  switch (grant.state) {
    case 'requested':
      return decisionButtons(facts, [button('Approve shorter', ACCESS_SHORTER, grant.id)]);
    case 'granting':
      return [revoke];
    case 'active':
      return [...decisionButtons(facts), revoke];
    default:
      return [];
  }
}

/** The customer's people decide only where the policy has a seat for them that is free. */
function sharedButtons(facts: GrantFacts): readonly (Button | undefined)[] {
  const { grant, openSeats } = facts;
  const isTheirs = openSeats.some(({ team }) => team === 'customer');
  const decision = isTheirs ? decisionButtons(facts) : [];
  switch (grant.state) {
    case 'requested':
      return [...decision, button('Take back', ACCESS_DONE, grant.id)];
    case 'active':
      return [...decision, button('How do I get in?', ACCESS_DETAILS, grant.id), ...ownButtons(facts)];
    default:
      return [];
  }
}

/** On what is asked for now: the request, or a later end. */
function decisionButtons(
  { grant, approval }: GrantFacts,
  between: readonly (Button | undefined)[] = [],
): readonly (Button | undefined)[] {
  const pending = approval?.status === 'pending' ? approval.id : undefined;
  const id = grant.state === 'requested' ? pending : grant.extension?.approvalId;
  if (id === undefined) {
    return [];
  }
  const of = grant.state === 'requested' ? '' : ' extension';
  return [styled(button(`Approve${of}`, APPROVE, id), 'primary'), ...between, button(`Reject${of}`, REJECT, id)];
}

function styled(drawn: Button | undefined, style: 'primary' | 'danger'): Button | undefined {
  return drawn && { ...drawn, style };
}
