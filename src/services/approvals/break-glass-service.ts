import { type Actor, isSamePerson, type Person, toPerson } from '../../domain/actor.ts';
import type { ChangeKind } from '../../domain/approval-policy.ts';
import type { Clock } from '../../domain/clock.ts';
import { DeniedError, UserError } from '../../domain/errors.ts';
import type { Environment } from '../../domain/inventory.ts';
import type { AuditLog } from '../audit/ports.ts';
import { actorOfNow } from './approvers.ts';
import { changeBreakGlass } from './change-break-glass.ts';
import { decideBreakGlass, mayUse, saysSomething } from './decide-break-glass.ts';
import { findPolicy } from './find-policy.ts';
import { peopleToTell } from './people-to-tell.ts';
import type { BreakGlassStore } from './ports.ts';
import { recordBreakGlass } from './record-break-glass.ts';
import { reviewBreakGlass } from './review-break-glass.ts';
import { type RuleSource, rulesOfNow } from './rules.ts';

/** One use of the emergency way, and the review that it owes. */
export interface BreakGlass {
  readonly id: string;
  readonly customer: string;
  readonly environment: string;
  readonly person: Person;
  readonly reason: string;
  readonly openedAt: Date;
  readonly until: Date;
  readonly reviewDueAt: Date;
  /** Approvals that it answered. */
  readonly approvals: readonly string[];
  readonly review?: { readonly by: Person; readonly at: Date; readonly note: string } | undefined;
}

export interface BreakGlassService {
  /**
   * Opens it, once for each id.
   * @throws {DeniedError} when no policy of the environment allows this person.
   * @throws {UserError} when the reason is missing or says nothing.
   */
  open(request: { id: string; actor: Actor; environment: Environment; reason: string }): Promise<BreakGlass>;
  /** The open one that answers for this person and kind of change now. Its review closes it at once. */
  answering(actor: Actor, environment: Environment, change: ChangeKind): Promise<BreakGlass | undefined>;
  /** Notes that it answered an approval. */
  used(id: string, approvalId: string): Promise<void>;
  find(id: string): Promise<BreakGlass | undefined>;
  /** Not reviewed yet, oldest first. */
  unreviewed(): Promise<readonly BreakGlass[]>;
  /**
   * Closes the review, once.
   * @throws {DeniedError} for who may not, and for the person who used it, by whatever account.
   * @throws {UserError} when it was closed before (says by whom and when) or the note is empty.
   */
  closeReview(request: { id: string; actor: Actor; note: string }): Promise<BreakGlass>;
  /** Everybody who must be told: all who could approve a change there, without the person. */
  toTell(opened: BreakGlass): readonly Actor[];
}

export interface BreakGlassDeps extends RuleSource {
  readonly store: BreakGlassStore;
  readonly clock: Clock;
  readonly audit: Pick<AuditLog, 'append'>;
}

export function createBreakGlassService(deps: BreakGlassDeps): BreakGlassService {
  const { store, audit } = deps;

  return {
    open: (request) => open(request, deps),
    answering: (actor, environment, change) => answering({ actor, environment, change }, deps),
    async used(id, approvalId) {
      const changed = await changeBreakGlass(id, (found) => noteUse(found, approvalId), store);
      if (changed?.isNew) {
        const { breakGlass } = changed;
        await audit.append(recordBreakGlass({ action: 'used', breakGlass, by: breakGlass.person, approvalId }));
      }
    },
    find: async (id) => (await store.find(id))?.breakGlass,
    unreviewed: () => store.unreviewed(),
    closeReview: (request) => closeReview(request, deps),
    toTell: (opened) => peopleToTell(opened, rulesOfNow(deps)),
  };
}

async function open(
  { id, actor, environment, reason }: Parameters<BreakGlassService['open']>[0],
  { store, clock, audit, ...source }: BreakGlassDeps,
): Promise<BreakGlass> {
  const existing = await store.find(id);
  if (existing !== undefined) {
    return existing.breakGlass;
  }
  const rules = rulesOfNow(source);
  const user = actorOfNow(toPerson(actor), rules);
  const place = { customer: environment.customer, environment: environment.name };
  const decision = decideBreakGlass(user, place, rules);
  if ('reason' in decision) {
    throw new DeniedError(decision.reason);
  }
  if (!saysSomething(reason.trim())) {
    throw new UserError('An emergency needs a reason that others understand later.', {
      hint: 'Say in a few words what is broken, such as `gateway down, certificate expired`.',
    });
  }
  const { lastsMs, reviewWithinMs } = decision.rule;
  const openedAt = clock.now();
  const after = (ms: number) => new Date(openedAt.getTime() + ms);
  const person = toPerson(user);
  const times = { openedAt, until: after(lastsMs), reviewDueAt: after(reviewWithinMs) };
  const opened: BreakGlass = { id, ...place, person, reason: reason.trim(), ...times, approvals: [] };
  if (!(await store.create(opened))) {
    return (await store.find(id))?.breakGlass ?? opened;
  }
  await audit.append(recordBreakGlass({ action: 'opened', breakGlass: opened, by: person }));
  return opened;
}

async function answering(
  { actor, environment, change }: { actor: Actor; environment: Environment; change: ChangeKind },
  { store, clock, ...source }: BreakGlassDeps,
): Promise<BreakGlass | undefined> {
  const rules = rulesOfNow(source);
  const user = actorOfNow(toPerson(actor), rules);
  const place = { customer: environment.customer, environment: environment.name };
  const rule = findPolicy({ ...place, change }, rules.policies)?.breakGlass;
  const permitted = 'rule' in decideBreakGlass(user, place, rules);
  if (rule === undefined || !permitted || !mayUse(user, rule, place.customer)) {
    return undefined;
  }
  const openOnes = await store.open(place, clock.now());
  return openOnes.find(({ person }) => isSamePerson(person, toPerson(user)));
}

async function closeReview(
  { id, actor, note }: Parameters<BreakGlassService['closeReview']>[0],
  { store, clock, audit, ...source }: BreakGlassDeps,
): Promise<BreakGlass> {
  const rules = rulesOfNow(source);
  const reviewer = actorOfNow(toPerson(actor), rules);
  const review = { reviewer, at: clock.now(), note, rules };
  const closed = await changeBreakGlass(id, (found) => reviewBreakGlass(found, review), store);
  if (closed === undefined) {
    throw new UserError('I do not know that use of break-glass.', { hint: 'It may be of another msops.' });
  }
  const { breakGlass, isNew } = closed;
  if (isNew) {
    await audit.append(recordBreakGlass({ action: 'reviewed', breakGlass, by: toPerson(reviewer) }));
  }
  return breakGlass;
}

function noteUse(found: BreakGlass, approvalId: string): BreakGlass {
  return found.approvals.includes(approvalId) ? found : { ...found, approvals: [...found.approvals, approvalId] };
}
