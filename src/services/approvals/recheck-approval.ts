import { isSamePerson } from '../../domain/actor.ts';
import type { Decision } from '../../domain/permission.ts';
import type { Approval } from './approval.ts';
import { actorOfNow } from './approvers.ts';
import type { BreakGlass } from './break-glass-service.ts';
import { decideRequester } from './decide-request.ts';
import { findPolicy } from './find-policy.ts';
import { openSeatsOf } from './judge-click.ts';
import type { Rules } from './rules.ts';
import { describeSeats } from './seats.ts';

export interface Rechecked {
  readonly approval: Approval;
  /** Of what would be done now. */
  readonly digest: string;
  /** What `breakGlassId` of the approval leads to. */
  readonly emergency: BreakGlass | undefined;
  readonly rules: Rules;
}

/** Is it still as it was approved? By the permissions and the policy of now. */
export function recheckApproval({ approval, digest, emergency, rules }: Rechecked): Decision {
  if (approval.status !== 'approved') {
    return denied(`It is not approved: it is ${approval.status}.`);
  }
  if (approval.digest !== digest) {
    return denied('What would be done now is not what was approved.');
  }
  const requester = decideRequester(actorOfNow(approval.requester, rules), approval, rules);
  if (!requester.allowed) {
    return denied(`${approval.requester.name}, who asked for it, may not do so any more. ${requester.reason}`);
  }
  return approval.breakGlassId === undefined ? recheckVotes(approval, rules) : recheckEmergency(approval, emergency);
}

function recheckVotes(approval: Approval, rules: Rules): Decision {
  const policy = findPolicy(approval, rules.policies);
  if (policy === undefined) {
    return denied('No approval policy covers it any more.');
  }
  const missing = openSeatsOf(approval, policy, rules);
  return missing.length === 0
    ? { allowed: true }
    : denied(
        `By the policy *${policy.name}* and the roles of now, the approval of ${describeSeats(missing)} is missing.`,
      );
}

function recheckEmergency(approval: Approval, emergency: BreakGlass | undefined): Decision {
  const wasOpen =
    emergency !== undefined &&
    emergency.customer === approval.customer &&
    emergency.environment === approval.environment &&
    emergency.openedAt <= approval.requestedAt &&
    approval.requestedAt < emergency.until &&
    isSamePerson(approval.requester, emergency.person);
  return wasOpen ? { allowed: true } : denied('The break-glass that answered for it was not open for it.');
}

function denied(reason: string): Decision {
  return { allowed: false, reason };
}
