import type { EndWish, Grant, GrantState } from '../services/access/grant.ts';
import { personName, quoted } from './rollout-text.ts';

/** Who reads: our own people, or also the customer's. */
export type AccessAudience = 'ops' | 'shared';

/** Told apart by shape too, not by color alone. */
export const GRANT_ICONS: Record<GrantState, string> = {
  requested: '✋',
  granting: '🔄',
  active: '🔓',
  ending: '⏹️',
  ended: '🔒',
  rejected: '🚫',
  lapsed: '⌛',
  withdrawn: '↩️',
};

const STATES: Record<GrantState, string> = {
  requested: 'waits for approval',
  granting: 'approved, being set up',
  active: 'active',
  ending: 'being ended',
  ended: 'over',
  rejected: 'rejected',
  lapsed: 'not decided in time',
  withdrawn: 'taken back',
};

/** `active`, `over: revoked by *Alice Moreau*: “left the company”`. */
export function grantState(grant: Pick<Grant, 'state' | 'endWish'>, audience: AccessAudience): string {
  if (isBeingEnded(grant)) {
    return `${STATES.ending}: ${whyEnded(grant.endWish, audience)}`;
  }
  return grant.state === 'ended' ? `${STATES.ended}: ${whyEnded(grant.endWish, audience)}` : STATES[grant.state];
}

/** Also when somebody wants it to end and nobody has begun yet: it opens nothing any more. */
export function isBeingEnded({ state, endWish }: Pick<Grant, 'state' | 'endWish'>): boolean {
  const isOpen = state === 'requested' || state === 'granting' || state === 'active';
  return state === 'ending' || (isOpen && endWish !== undefined);
}

/** Why something ended is said to the customer without our people's names and words. */
function whyEnded(wish: EndWish | undefined, audience: AccessAudience): string {
  switch (wish?.why) {
    case undefined:
      return 'its time is over';
    case 'done':
      return 'they said that they are done';
    case 'revoked':
      return audience === 'ops' ? `revoked${byWhom(wish)}` : 'revoked by the operations team';
    case 'channel_unshared':
      return 'the shared channel was disconnected';
    case 'person_left':
      return 'they left the shared channel';
    case 'person_unknown':
      return 'they are not in the configuration of msops any more';
    case 'failed':
      return 'it could not be set up';
  }
}

function byWhom({ by, reason }: EndWish): string {
  const who = by === undefined ? '' : ` by ${personName(by)}`;
  return reason === undefined ? who : `${who}: ${quoted(reason)}`;
}

/** `customer/environment`, as it can be typed anywhere. Plain text. */
export function grantRef({ customer, environment }: Pick<Grant, 'customer' | 'environment'>): string {
  return `${customer}/${environment}`;
}
