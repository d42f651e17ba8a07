import { awaitDecision } from './await-decision.ts';
import { finishEnding } from './finish-ending.ts';
import { giveAccess } from './give-access.ts';
import type { Next, Turn } from './turn.ts';
import { watchOver } from './watch-over.ts';

/** Looks at a grant in the store and does what is due. Everything in it can be done again, by several at once. */
export async function takeTurn(id: string, turn: Turn): Promise<Next> {
  const grant = await turn.deps.store.find(id);
  switch (grant?.state) {
    case 'requested':
      return awaitDecision(grant, turn.deps);
    case 'granting':
      return giveAccess(grant, turn);
    case 'active':
      return watchOver(grant, turn);
    case 'ending':
      return finishEnding(grant, turn);
    default:
      await turn.deps.cards.redraw(id);
      return { kind: 'over' };
  }
}
