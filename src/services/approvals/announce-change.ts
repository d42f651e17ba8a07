import type { WorkflowEngine } from '../../domain/workflow-engine.ts';
import type { AuditLog } from '../audit/ports.ts';
import type { Approval, ApprovalStatus } from './approval.ts';
import { type Recorded, recordChange } from './record-change.ts';

export interface AnnouncerDeps {
  readonly engine: Pick<WorkflowEngine, 'send' | 'state'>;
  readonly audit: Pick<AuditLog, 'append'>;
  /** What shows it draws it anew. */
  readonly changed: (approval: Approval) => Promise<void>;
}

/** Tells what was written, to whoever has to know. All of it can be done twice. */
export interface Announcer {
  /** After each write. One that cannot be told does not keep the others from hearing. */
  announce(recorded: Recorded): Promise<void>;
  /** Of what was written before: whoever wrote it may have died before it was told. */
  remind(approval: Approval): Promise<void>;
}

/** Void is what the workflow itself says, so that is nothing to wake it for. */
const WAKING: readonly ApprovalStatus[] = ['approved', 'rejected', 'expired', 'withdrawn'];

export function createAnnouncer({ engine, audit, changed }: AnnouncerDeps): Announcer {
  /** The key makes the first message the only one. */
  async function wake({ id, workflowId, status }: Approval): Promise<void> {
    if (!WAKING.includes(status)) {
      return;
    }
    try {
      await engine.send(workflowId, { topic: 'approval', body: id, key: `approval:${id}` });
    } catch (error) {
      // One that has ended, or has not started yet, reads the decision in the store if it wants to know.
      if ((await engine.state(workflowId)) === 'pending') {
        throw error;
      }
    }
  }

  return {
    async announce(recorded) {
      const { approval } = recorded;
      await allOf([audit.append(recordChange(recorded)), wake(approval), changed(approval)]);
    },
    async remind(approval) {
      await allOf([wake(approval), changed(approval)]);
    },
  };
}

/** Waits for all of them, also when one fails. */
async function allOf(effects: readonly Promise<void>[]): Promise<void> {
  const outcomes = await Promise.allSettled(effects);
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed !== undefined) {
    throw failed.reason;
  }
}
