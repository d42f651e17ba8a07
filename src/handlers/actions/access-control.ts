import { toPerson } from '../../domain/actor.ts';
import { DeniedError, UserError } from '../../domain/errors.ts';
import type { Grant, GrantState } from '../../services/access/grant.ts';
import { accessEndedView } from '../../views/access-answer-views.ts';
import {
  ACCESS_DETAILS,
  ACCESS_DONE,
  ACCESS_EXTEND,
  ACCESS_REVOKE,
  ACCESS_SHORTER,
} from '../../views/access-buttons.ts';
import {
  accessExtendModal,
  accessRevokeModal,
  accessShorterModal,
  laterEnds,
  shorterEnds,
} from '../../views/access-time-modals.ts';
import { accessWords } from '../../views/access-words.ts';
import {
  findGrant,
  findGrantToApprove,
  findGrantToExtend,
  findManagedGrant,
  isTheirOwn,
  managesHere,
} from '../access-find.ts';
import type { Action, ActionContext } from '../action-spec.ts';

const OVER: readonly GrantState[] = ['ending', 'ended', 'rejected', 'lapsed', 'withdrawn'];

/** An approver's yes for less time. */
export const accessShorter: Action = {
  id: ACCESS_SHORTER,

  async run(id, context) {
    const { grant, timeZone } = await findGrantToApprove(id, context);
    if (grant.state !== 'requested') {
      throw new UserError('That request was decided already.', { hint: 'Its card shows how.' });
    }
    const facts = { grant, timeZone, now: context.clock.now() };
    const ends = shorterEnds(facts);
    if (ends.length === 0) {
      throw new UserError('It is asked for so short a time that there is nothing shorter.', {
        hint: 'Approve or reject it.',
      });
    }
    await context.openModal(accessShorterModal(facts, ends));
  },
};

/** By the person, or by one of ours for them. */
export const accessExtend: Action = {
  id: ACCESS_EXTEND,

  async run(id, context) {
    const { grant, timeZone } = await findGrantToExtend(id, context);
    if (grant.state !== 'active') {
      throw notActive(grant);
    }
    if (grant.extension !== undefined) {
      throw new UserError('A later end is asked for already, and not decided yet.');
    }
    const facts = { grant, timeZone, now: context.clock.now() };
    const ends = laterEnds(facts, longestOf(grant, context));
    if (ends.length === 0) {
      throw new UserError('It lasts as long as it may already.', {
        hint: 'Ask for it nearer to its end, or ask for new access then.',
      });
    }
    await context.openModal(accessExtendModal(facts, ends));
  },
};

/** Ends it now, for good. Only the person can say that they are done. */
export const accessDone: Action = {
  id: ACCESS_DONE,

  async run(id, context) {
    const { actor, services, answer } = context;
    const { grant } = await findGrant(id, context);
    if (!isTheirOwn(grant, actor)) {
      throw new DeniedError('Only the person who has this access can say that they are done.', {
        ...(managesHere(grant.customer, context)
          ? { hint: 'To end it, use Revoke on its card in the ops channel.' }
          : {}),
      });
    }
    if (OVER.includes(grant.state) || grant.endWish !== undefined) {
      throw new UserError('That access is over already.');
    }
    const ended = await services.access.end(grant.id, { why: 'done', by: toPerson(actor) });
    await answer.whisper(accessEndedView(ended));
  },
};

/** Says why, so the form asks. */
export const accessRevoke: Action = {
  id: ACCESS_REVOKE,

  async run(id, context) {
    const { grant, timeZone } = await findManagedGrant(id, context);
    if (OVER.includes(grant.state)) {
      throw new UserError('That access is over already.', { hint: 'Its card shows how it ended.' });
    }
    await context.openModal(accessRevokeModal({ grant, timeZone, now: context.clock.now() }));
  },
};

/** What was shown to the person alone is gone when they reload Slack. */
export const accessDetailsAgain: Action = {
  id: ACCESS_DETAILS,

  async run(id, context) {
    const facts = await findGrant(id, context);
    if (!isTheirOwn(facts.grant, context.actor)) {
      throw new DeniedError('How to get in is shown to the person alone who has this access.');
    }
    if (facts.grant.state !== 'active') {
      throw notActive(facts.grant);
    }
    await context.answer.whisper(accessWords.details(facts));
  },
};

function longestOf({ customer }: Grant, { services }: ActionContext): number {
  return services.inventory.findCustomer(customer)?.access?.longestMs ?? 0;
}

function notActive({ state }: Grant): UserError {
  return OVER.includes(state)
    ? new UserError('That access is over already.', { hint: 'Ask for new access.' })
    : new UserError('That access is not there yet.', { hint: 'You are told when it is.' });
}
