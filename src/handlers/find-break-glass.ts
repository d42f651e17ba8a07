import { covers, isSamePerson, toPerson } from '../domain/actor.ts';
import { DeniedError, UserError } from '../domain/errors.ts';
import { looksLikeId } from '../domain/short-id.ts';
import type { BreakGlass } from '../services/approvals/break-glass-service.ts';
import type { ActionContext } from './action-spec.ts';
import { reachOrDeny } from './reach-or-deny.ts';

/**
 * The use of break-glass with this id, for somebody who may review it here.
 * @throws {DeniedError} when they may not, or used it themselves.
 * @throws {UserError} when there is none here.
 */
export async function findBreakGlass(
  id: string,
  asking: Pick<ActionContext, 'actor' | 'place' | 'services' | 'touch'>,
): Promise<BreakGlass> {
  const customers = reachOrDeny('break_glass.review', asking);
  const opened = looksLikeId(id) ? await asking.services.breakGlass.find(id) : undefined;
  if (opened === undefined || !covers(customers, opened.customer)) {
    throw new UserError('I know no such use of break-glass here.', { hint: 'App Home lists those to be reviewed.' });
  }
  asking.touch({ customer: opened.customer, environment: opened.environment });
  if (isSamePerson(opened.person, toPerson(asking.actor))) {
    throw new DeniedError('You used this break-glass, so somebody else has to review it.');
  }
  return opened;
}
