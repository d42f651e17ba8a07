import { type Actor, isSamePerson, toPerson } from '../../domain/actor.ts';
import { DeniedError, UserError } from '../../domain/errors.ts';
import { checkPermission } from '../../domain/permission.ts';
import { actorOfNow, isSameHuman } from './approvers.ts';
import type { BreakGlass } from './break-glass-service.ts';
import type { Rules } from './rules.ts';

export interface Review {
  /** With the grants of now. */
  readonly reviewer: Actor;
  readonly at: Date;
  readonly note: string;
  readonly rules: Rules;
}

/**
 * The same review twice is one.
 *
 * @throws {DeniedError} for who may not, and for the person who used it.
 * @throws {UserError} when somebody closed it before, or the note is empty.
 */
export function reviewBreakGlass(found: BreakGlass, { reviewer, at, note, rules }: Review): BreakGlass {
  const question = { actor: reviewer, permission: 'break_glass.review', customer: found.customer } as const;
  const permitted = checkPermission(question, rules.roles);
  if (!permitted.allowed) {
    throw new DeniedError(permitted.reason);
  }
  if (isSameHuman(reviewer, actorOfNow(found.person, rules))) {
    throw new DeniedError('You used this break-glass, so somebody else has to review it.');
  }
  const { review } = found;
  const by = toPerson(reviewer);
  if (review !== undefined) {
    return orThrowUnlessSame(found, review, isSamePerson(review.by, by) && review.note === note.trim());
  }
  if (note.trim() === '') {
    throw new UserError('A review needs a note.', { hint: 'Say what was done and whether it was right.' });
  }
  return { ...found, review: { by, at, note: note.trim() } };
}

function orThrowUnlessSame(
  found: BreakGlass,
  { by, at }: NonNullable<BreakGlass['review']>,
  isSame: boolean,
): BreakGlass {
  if (isSame) {
    return found;
  }
  const when = `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  throw new UserError(`${by.name} closed this review on ${when}.`, { hint: 'There is nothing left to do.' });
}
