import type { Actor } from '../domain/actor.ts';
import { DeniedError, UserError } from '../domain/errors.ts';
import type { AuditEvent } from '../services/audit/ports.ts';
import { errorView, internalErrorView } from '../views/error-view.ts';
import type { Answer } from './answer.ts';
import type { AuditTarget } from './command-spec.ts';
import type { HandlerDeps } from './deps.ts';

export interface AuditedWork {
  readonly actor: Actor;
  readonly channelId: string | undefined;
  readonly requestId: string;
  readonly answer: Answer;
  /** Does the work; tells through `touch` what it is and what is touched, as soon as it knows. */
  run(touch: (target: AuditTarget) => void): Promise<void>;
}

/** Every door passes here: one audit entry whatever happens, and the asker is always told when it failed. */
export async function audited(work: AuditedWork, deps: HandlerDeps): Promise<void> {
  let target: AuditTarget = {};
  let result: AuditEvent['result'] = 'succeeded';
  let reason: string | undefined;
  try {
    await work.run((touched) => {
      target = { ...target, ...touched };
    });
  } catch (error) {
    result = error instanceof DeniedError ? 'denied' : 'failed';
    reason = error instanceof UserError ? error.message : 'internal error';
    await tell(error, work, deps);
  }
  const { actor, channelId, requestId } = work;
  deps.logger.info('Request answered', { requestId, actor: actor.id, result, ...target });
  const event = { actor: actor.id, actorName: actor.displayName, channelId, result, reason, requestId };
  await deps.services.audit.append({ ...event, action: 'command.unknown', ...target });
}

async function tell(error: unknown, { answer, requestId }: AuditedWork, { logger }: HandlerDeps): Promise<void> {
  if (error instanceof UserError) {
    await answer.whisper(errorView(error));
    return;
  }
  logger.error('Request failed', { requestId, error });
  await answer.whisper(internalErrorView(requestId));
}
