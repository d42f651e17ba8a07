import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HandlerDeps } from '../../../src/handlers/deps.ts';
import type { Modal } from '../../../src/handlers/modal-spec.ts';
import { createSubmissionRunner } from '../../../src/handlers/run-submission.ts';
import type { SubmissionPayload } from '../../../src/handlers/submission.ts';
import { errorsToShow } from '../../../src/handlers/submission-errors.ts';
import type { AuditEvent } from '../../../src/services/audit/ports.ts';
import { createInventoryService } from '../../../src/services/inventory/inventory-service.ts';
import type { OutgoingMessage } from '../../../src/services/notifications/ports.ts';
import { createFixedClock } from '../../support/fixed-clock.ts';
import { createRecordingLogger } from '../../support/recording-logger.ts';
import { aWorld } from '../../support/world.ts';

const ORIGIN = JSON.stringify({ channelId: 'C0ACMEOPS', metadata: 'apr-1' });

function setUp(overrides: Partial<Modal> = {}) {
  const said: OutgoingMessage[] = [];
  const audit: AuditEvent[] = [];
  const ran: unknown[] = [];
  const logger = createRecordingLogger();
  const deps = {
    services: {
      inventory: createInventoryService({ config: aWorld }),
      audit: { append: async (event: AuditEvent) => void audit.push(event) },
    },
    outbox: { put: async (outgoing: OutgoingMessage) => void said.push(outgoing) },
    people: { teamOf: async () => undefined },
    clock: createFixedClock(),
    logger,
  } as unknown as HandlerDeps;
  const modal: Modal = {
    id: 'demo.reject',
    check: ({ values }) => (values.reason === undefined ? { reason: 'Say why.' } : {}),
    run: async (submission, { userId, place }) => void ran.push({ ...submission, userId, place }),
    ...overrides,
  };
  return { modals: [modal], run: createSubmissionRunner([modal], deps), said, audit, ran, logger };
}

function submission(reason: string | null, view: Partial<SubmissionPayload['view']> = {}): SubmissionPayload {
  return {
    user: { id: 'U0ALICE', team_id: 'T0MERIDIAN' },
    view: {
      callback_id: 'demo.reject',
      private_metadata: ORIGIN,
      blocks: [{ type: 'input', block_id: 'reason' }],
      state: { values: { reason: { text: { value: reason } } } },
      ...view,
    },
  };
}

describe('runSubmission', () => {
  it('hands the modal what was filled in, what the view remembered, and where it was opened', async () => {
    const { run, ran, audit } = setUp();
    await run(submission('a leak'), 's-1');
    const place = { kind: 'channel', channelId: 'C0ACMEOPS' };
    expect(ran).toEqual([{ values: { reason: 'a leak' }, metadata: 'apr-1', userId: 'U0ALICE', place }]);
    expect(audit).toMatchObject([{ action: 'demo.reject', result: 'succeeded', requestId: 's-1' }]);
  });

  it('checks again after a crash, whispers what is wrong and does nothing', async () => {
    const { run, ran, said, audit } = setUp();
    await run(submission(null), 's-1');
    expect(ran).toEqual([]);
    expect(said).toMatchObject([
      { to: { kind: 'ephemeral' }, message: { text: 'Say why.\nNothing was done: please open the form again.' } },
    ]);
    expect(audit).toMatchObject([{ action: 'demo.reject', result: 'failed' }]);
  });

  it('tells and logs a check that breaks, and does not keep Slack waiting for it', async () => {
    const boom = (): never => {
      throw new Error('boom');
    };
    const { modals, run, said, logger } = setUp({ check: boom });
    expect(errorsToShow(submission(null), modals)).toBeUndefined();
    await run(submission(null), 's-1');
    expect(said).toHaveLength(1);
    expect(said[0]?.message.text).toContain('Something went wrong inside msops');
    expect(logger.lines.filter(({ level }) => level === 'error')).toHaveLength(1);
  });

  it('answers whatever a view may hold with one sentence and one audit entry, and runs nothing of it', async () => {
    const garbage = fc.oneof(fc.string(), fc.json(), fc.constantFrom('{}', 'null', '[[]]', '{"metadata":1}'));
    const callback = fc.constantFrom('demo.reject', 'demo.gone', '', '__proto__');
    await fc.assert(
      fc.asyncProperty(garbage, callback, async (private_metadata, callback_id) => {
        const { modals, run, ran, said, audit, logger } = setUp();
        const payload = submission('a leak', { private_metadata, callback_id });
        expect(errorsToShow(payload, modals)).toBeUndefined();
        await run(payload, 's-1');
        expect([ran.length, said.length, audit.length]).toEqual([0, 1, 1]);
        expect(logger.lines.filter(({ level }) => level === 'error')).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});

describe('errorsToShow', () => {
  it('has the errors of inputs that the view has', () => {
    const { modals } = setUp();
    expect(errorsToShow(submission(null), modals)).toEqual({ reason: 'Say why.' });
    expect(errorsToShow(submission('a leak'), modals)).toBeUndefined();
  });

  it('has none when Slack could not show one of them', () => {
    const { modals } = setUp({ check: () => ({ reason: 'Say why.', gone: 'Choose one.' }) });
    expect(errorsToShow(submission(null), modals)).toBeUndefined();
  });
});
