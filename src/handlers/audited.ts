import { type Actor, personId } from '../domain/actor.ts';
import type { InteractionResult } from '../domain/bot-metrics.ts';
import { DeniedError, UserError } from '../domain/errors.ts';
import { scrubSecrets } from '../domain/scrub.ts';
import type { AuditEvent } from '../services/audit/ports.ts';
import { errorView, internalErrorView } from '../views/error-view.ts';
import { type Answer, createAnswer } from './answer.ts';
import type { Asker } from './asker.ts';
import type { AuditTarget } from './command-spec.ts';
import type { HandlerDeps } from './deps.ts';
import { findActor } from './find-actor.ts';

export interface AuditedWork {
  readonly asker: Asker;
  readonly requestId: string;
  /** Does the work; tells through `touch` what it is and what is touched, as soon as it knows. */
  run(tools: AuditedTools): Promise<void>;
}

export interface AuditedTools {
  readonly actor: Actor;
  readonly answer: Answer;
  touch(target: AuditTarget): void;
}

/** Every door passes here: one audit entry whatever happens, and the asker is always told when it failed. */
export async function audited({ asker, requestId, run }: AuditedWork, deps: HandlerDeps): Promise<InteractionResult> {
  const answer = createAnswer({ outbox: deps.outbox, asker, requestId });
  let actor = stranger(asker);
  let target: AuditTarget = {};
  let ending: Ending = { result: 'succeeded', counted: 'done' };
  const touch = (touched: AuditTarget): void => {
    target = { ...target, ...touched };
  };
  try {
    actor = await findActor(asker, deps);
    await run({ actor, answer, touch });
  } catch (error) {
    ending = endingOf(error);
    await tell(error, { answer, requestId }, deps);
  }
  const { result, reason, counted } = ending;
  deps.logger.info('Request answered', { requestId, actor: actor.id, result, ...target });
  const event = {
    actor: actor.id,
    actorName: actor.displayName,
    channelId: asker.channelId,
    result,
    reason,
    requestId,
  };
  await deps.services.audit.append({ ...event, action: 'command.unknown', ...target });
  return counted;
}

interface Ending {
  readonly result: AuditEvent['result'];
  readonly reason?: string | undefined;
  readonly counted: InteractionResult;
}

function endingOf(error: unknown): Ending {
  const result = error instanceof DeniedError ? 'denied' : 'failed';
  return error instanceof UserError
    ? { result, reason: scrubSecrets(error.message), counted: 'refused' }
    : { result, reason: 'internal error', counted: 'failed' };
}

/** Until it is known who asks. */
function stranger({ teamId = 'unknown', userId }: Asker): Actor {
  const id = personId(teamId, userId);
  return { id, displayName: id, grants: [] };
}

interface Told {
  readonly answer: Answer;
  readonly requestId: string;
}

async function tell(error: unknown, { answer, requestId }: Told, { logger }: HandlerDeps): Promise<void> {
  if (error instanceof UserError) {
    await answer.whisper(errorView(error));
    return;
  }
  logger.error('Request failed', { requestId, error });
  await answer.whisper(internalErrorView(requestId));
}
