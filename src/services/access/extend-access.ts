import { type Actor, toPerson } from '../../domain/actor.ts';
import { DeniedError, UserError } from '../../domain/errors.ts';
import { type AccessDeps, customerOf, environmentOf, wake } from './access-deps.ts';
import { checkReason, checkUntil } from './check-wish.ts';
import type { Extension, Grant } from './grant.ts';
import { approvalIdOf } from './request-access.ts';
import { askerFor, askForExtension } from './settle-extension.ts';
import { decideControl, findGrant } from './who-may-end.ts';

export interface ExtensionRequest {
  readonly id: string;
  readonly requestId: string;
  readonly actor: Actor;
  readonly until: Date;
  readonly reason: string;
}

/** Asks for a later end; the old one stays true until it is approved. Every step can be run again. */
export async function extendAccess(request: ExtensionRequest, deps: AccessDeps): Promise<Grant> {
  const { store, cards } = deps;
  const { id, requestId } = request;
  const actor = deps.directory.findActor(request.actor.id);
  const found = await findGrant(id, actor, deps);
  const isReplay = found.extension?.requestId === requestId;
  if (!isReplay) {
    await refuseUnlessAllowed(found, actor, deps);
  }
  const grant = isReplay ? found : await store.update(id, (current) => extended(current, { ...request, actor }, deps));
  if (grant.extension !== undefined) {
    await askForExtension(grant, grant.extension, deps);
    await wake(grant, `extension:${grant.extension.approvalId}`, deps);
  }
  await cards.redraw(id);
  return grant;
}

async function refuseUnlessAllowed(grant: Grant, actor: Actor, deps: AccessDeps): Promise<void> {
  const control = decideControl(grant, actor, deps);
  const environment = environmentOf(grant, deps);
  const decision =
    control.allowed && environment !== undefined
      ? await deps.approvals.mayRequest(askerFor(grant, actor), environment, 'access')
      : control;
  if (!decision.allowed) {
    throw new DeniedError(decision.reason);
  }
}

/** Judged under the lock. @throws {UserError} */
function extended(grant: Grant, { requestId, actor, until, reason }: ExtensionRequest, deps: AccessDeps): Grant {
  const now = deps.clock.now();
  refuseUnlessOpen(grant, now);
  const settings = customerOf(grant, deps)?.access;
  const isLater = until.getTime() > grant.until.getTime();
  const problem = [
    isLater ? undefined : 'The new end has to be later than the one that it has.',
    settings === undefined ? 'Nobody can ask for access here any more.' : checkUntil({ until, now, settings }),
    checkReason(reason),
  ].find((words) => words !== undefined);
  if (problem !== undefined) {
    throw new UserError(problem);
  }
  const asked = (grant.asked ?? 1) + 1;
  const extension: Extension = {
    ...{ approvalId: approvalIdOf(grant.id, asked), until, reason: reason.trim(), requestedAt: now },
    ...{ by: toPerson(actor), requestId, from: grant.until },
  };
  return { ...grant, asked, extension };
}

function refuseUnlessOpen({ id, state, until, endWish, extension }: Grant, now: Date): void {
  if (state !== 'active' || endWish !== undefined || now.getTime() >= until.getTime()) {
    throw new UserError(`The access \`${id}\` is not open, so there is nothing to extend.`, {
      hint: 'Ask for a new one.',
    });
  }
  if (extension !== undefined) {
    throw new UserError('A later end was asked for already, and it is not decided yet.');
  }
}
