import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACTIONS } from '../../../src/handlers/actions.ts';
import { MODALS } from '../../../src/handlers/modals.ts';
import { ago, anApproval, aRollout, CAROL, someFacts } from '../views/rollout-builders.ts';
import { setUpChanges } from './changes-harness.ts';
import { CHANNELS } from './doors-of.ts';
import { said, whereTo } from './told.ts';

const APPROVE = ['approval.approve', '7kq2m9xd-1'] as const;

const actionsOf = ({ audit }: ReturnType<typeof setUpChanges>) =>
  audit.map(({ action, result }) => `${action} ${result}`);

describe('the buttons of an approval', () => {
  it('approve, and say to the clicker alone what it did', async () => {
    const world = setUpChanges();
    await world.click('carol', CHANNELS.acmeOps, APPROVE);
    expect(world.calls).toEqual([
      ['approve', { id: '7kq2m9xd-1', actor: expect.objectContaining({ displayName: 'T0MERIDIAN:U0CAROL' }) }],
    ]);
    expect(said(world)).toContain('✅ Approved: *acme/prod*');
    expect(world.told.map(({ to }) => whereTo(to))).toEqual(['ephemeral C0ACMEOPS']);
    expect(world.audit[0]).toMatchObject({ action: 'approval.approve', customer: 'acme', result: 'succeeded' });
  });

  it('let people of the customer approve in the channel shared with them', async () => {
    const open = [{ role: 'approver', count: 1, team: 'home' }] as const;
    const world = setUpChanges({ outcome: { kind: 'counted', approval: anApproval(), open } });
    await world.click('dana', CHANNELS.acmeShared, APPROVE);
    expect(said(world)).toContain('Your approval of *acme/prod* · Install');
    expect(said(world)).toContain('Still needed: 1 approver of the operations team.');
  });

  it.each(['approve', 'reject'])(
    'let those be told who are late to %s, and leave the old card to the service',
    async (wish) => {
      const approval = anApproval({
        status: 'approved',
        votes: [{ person: CAROL, at: ago(5) }],
        decision: { by: CAROL, at: ago(5) },
      });
      const world = setUpChanges({ approval, outcome: { kind: 'late', approval } });
      await world.click('bob', CHANNELS.acmeOps, [`approval.${wish}`, '7kq2m9xd-1']);
      expect(said(world)).toContain('was decided 5 min ago: approved, decided by *Carol Mensah*');
      expect(world.calls.map(([name]) => name)).toEqual([wish]);
      expect([world.opened, world.audit[0]?.action]).toEqual([[], `approval.${wish}_late`]);
    },
  );

  it('refuse with a sentence, and write it down as denied', async () => {
    const world = setUpChanges({ outcome: { kind: 'refused', reason: 'You asked for this change.' } });
    await world.click('alice', CHANNELS.acmeOps, APPROVE);
    expect(said(world)).toContain('You asked for this change.');
    expect(world.audit[0]).toMatchObject({ action: 'approval.approve', result: 'denied' });
  });

  it('ask for the name of the environment where the policy wants it typed', async () => {
    const world = setUpChanges({ outcome: { kind: 'needs_typing', phrase: 'acme/prod' } });
    await world.click('carol', CHANNELS.acmeOps, APPROVE);
    const [view] = world.opened;
    expect([view?.callback_id, world.told]).toEqual(['approval.confirm', []]);
    expect(actionsOf(world)).toEqual(['approval.approve_form succeeded']);
    const after = setUpChanges();
    await after.submit('carol', view!, { typed: ' Acme/Prod ' });
    expect(after.calls[0]?.[1]).toMatchObject({ id: '7kq2m9xd-1', typed: ' Acme/Prod ' });
    expect(after.told.map(({ to }) => whereTo(to))).toEqual(['ephemeral C0ACMEOPS']);
    const wrong = setUpChanges();
    await wrong.submit('carol', view!, { typed: 'acme/dev' });
    expect(said(wrong)).toContain('That is not acme/prod.');
    expect(wrong.calls).toEqual([]);
  });

  it('reject with a reason only', async () => {
    const world = setUpChanges();
    await world.click('carol', CHANNELS.acmeOps, ['approval.reject', '7kq2m9xd-1']);
    const [view] = world.opened;
    expect([view?.callback_id, world.calls]).toEqual(['approval.reject', []]);
    expect(actionsOf(world)).toEqual(['approval.reject_form succeeded']);
    await world.submit('carol', view!, { reason: '  ' });
    expect(world.calls).toEqual([]);
    await world.submit('carol', view!, { reason: ' not tonight ' });
    expect(world.calls).toEqual([['reject', expect.objectContaining({ id: '7kq2m9xd-1' }), 'not tonight']]);
    expect(said(world)).toContain('🚫 Rejected: *acme/prod*');
  });

  it('know nothing of what is of another customer, or of nobody', async () => {
    for (const id of ['g1', 'nosuch', '\u0000', 'x'.repeat(2_000)]) {
      const world = setUpChanges();
      await world.click('carol', CHANNELS.acmeOps, ['approval.approve', id]);
      expect(said(world)).toContain('I know no such request for approval.');
      expect(world.calls).toEqual([]);
    }
    const outsider = setUpChanges();
    await outsider.click('gus', CHANNELS.acmeShared, APPROVE);
    expect(said(outsider)).toContain('In this channel I answer our own people');
    expect([outsider.calls, outsider.audit[0]?.result]).toEqual([[], 'denied']);
  });

  it('on the home tab draw it again', async () => {
    const world = setUpChanges();
    await world.click('carol', undefined, APPROVE);
    expect(world.homes).toHaveLength(1);
    expect(world.told.map(({ to }) => whereTo(to))).toEqual(['direct U0CAROL']);
  });
});

describe('the buttons of a rollout', () => {
  const running = someFacts({ rollout: aRollout({ state: 'running', startedAt: ago(1) }) });

  it('show the details over the card to whoever may read', async () => {
    const world = setUpChanges({ facts: running });
    await world.click('erin', CHANNELS.acmeOps, ['rollout.details', '7kq2m9xd']);
    expect(world.opened[0]?.title.text).toBe('Rollout 7kq2m9xd');
    expect(world.audit[0]).toMatchObject({ action: 'rollout.details', hosts: ['apim-1', 'apim-2'] });
  });

  it('pause and resume for those who may control', async () => {
    const world = setUpChanges({ facts: running });
    await world.click('bob', CHANNELS.acmeOps, ['rollout.pause', '7kq2m9xd']);
    await world.click('bob', CHANNELS.acmeOps, ['rollout.resume', '7kq2m9xd']);
    expect(world.calls.map(([name, id, , wish]) => [name, id, wish])).toEqual([
      ['control', '7kq2m9xd', 'pause'],
      ['control', '7kq2m9xd', 'resume'],
    ]);
    expect(said(world)).toMatch(/It pauses as soon as[\s\S]*It goes on/);
  });

  it('abort after the form that says what it does', async () => {
    const world = setUpChanges({ facts: running });
    await world.click('bob', CHANNELS.acmeOps, ['rollout.abort', '7kq2m9xd']);
    expect(JSON.stringify(world.opened[0]?.blocks)).toContain('Hosts that are in work come to their end');
    expect(world.calls).toEqual([]);
    await world.submit('bob', world.opened[0]!, {});
    expect(world.calls.map(([name, , , wish]) => [name, wish])).toEqual([['control', 'abort']]);
    expect(actionsOf(world)).toEqual(['rollout.abort_form succeeded', 'rollout.abort succeeded']);
    const ended = setUpChanges({ facts: someFacts({ rollout: aRollout({ state: 'failed' }) }) });
    await ended.click('bob', CHANNELS.acmeOps, ['rollout.abort', '7kq2m9xd']);
    expect([said(ended).includes('has ended already'), ended.opened]).toEqual([true, []]);
  });

  it('deny people of the customer and auditors, at the click and at the form', async () => {
    for (const [who, where] of [
      ['dana', CHANNELS.acmeShared],
      ['erin', CHANNELS.acmeOps],
    ] as const) {
      for (const id of ['rollout.pause', 'rollout.resume', 'rollout.abort']) {
        const world = setUpChanges({ facts: running });
        await world.click(who, where, [id, '7kq2m9xd']);
        expect(said(world)).toContain('`rollout.control` needs the role');
        expect([world.calls, world.opened, world.audit[0]?.result]).toEqual([[], [], 'denied']);
      }
    }
    const world = setUpChanges({ facts: running });
    await world.click('bob', CHANNELS.acmeOps, ['rollout.abort', '7kq2m9xd']);
    await world.submit('erin', world.opened[0]!, {});
    expect([world.calls, world.audit[1]?.result]).toEqual([[], 'denied']);
  });

  it('know nothing of a rollout of a customer that the channel is not bound to', async () => {
    const world = setUpChanges({ facts: running });
    await world.click('carol', 'C0GLOBEXOPS', ['rollout.pause', '7kq2m9xd']);
    expect(said(world)).toContain('I know no such rollout here.');
    expect(world.calls).toEqual([]);
  });
});

describe('the review of a break-glass', () => {
  it('takes a note, and shows in all channels that it is closed', async () => {
    const world = setUpChanges();
    await world.click('carol', CHANNELS.acmeOps, ['break_glass.review', 'b7kq2m9x']);
    expect(actionsOf(world)).toEqual(['break_glass.review_form succeeded']);
    await world.submit('carol', world.opened[0]!, { note: 'it was right' });
    expect(world.calls[0]?.[1]).toMatchObject({ id: 'b7kq2m9x', note: 'it was right' });
    expect(world.told.map(({ to }) => whereTo(to))).toEqual([
      ...['channel C0ACMEOPS', 'channel C0OPSALL', 'channel C0ACMESHARED'],
      'ephemeral C0ACMEOPS',
    ]);
    expect(said(world)).toContain('✅ Reviewed by *Alice Moreau*');
    expect(JSON.stringify(world.told)).not.toContain('"action_id"');
  });

  it('is not for whoever used it, nor for who may not review', async () => {
    for (const who of ['alice', 'bob', 'erin'] as const) {
      const world = setUpChanges();
      await world.click(who, CHANNELS.acmeOps, ['break_glass.review', who === 'bob' ? 'g1' : 'b7kq2m9x']);
      expect(said(world)).toMatch(/needs the role|I know no such use of break-glass here/);
      expect(world.opened).toEqual([]);
    }
  });
});

describe('what a button or a form of a change carries', () => {
  it('is answered once with a sentence, whatever it is', async () => {
    const forged = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.constantFrom('g1', '../../etc', '"'.repeat(3_000)),
    );
    const id = fc.constantFrom(...ACTIONS.map((action) => action.id));
    await fc.assert(
      fc.asyncProperty(forged, id, async (value, action) => {
        const world = setUpChanges();
        await world.click('carol', CHANNELS.acmeOps, [action, value]);
        expect(world.logger.lines.filter(({ level }) => level === 'error')).toEqual([]);
        expect([world.told.length, world.audit.length, world.opened, world.calls]).toEqual([1, 1, [], []]);
      }),
      { numRuns: 300 },
    );
    const modal = fc.constantFrom(...MODALS.map(({ id: callback }) => callback));
    await fc.assert(
      fc.asyncProperty(forged, modal, forged, async (metadata, callback_id, typed) => {
        const world = setUpChanges();
        const private_metadata = JSON.stringify({ channelId: CHANNELS.acmeOps, metadata });
        const view = {
          type: 'modal',
          title: { type: 'plain_text', text: 'x' },
          blocks: [],
          callback_id,
          private_metadata,
        } as const;
        await world.submit('carol', { ...view, blocks: [] }, { typed, reason: typed, note: typed });
        expect(world.logger.lines.filter(({ level }) => level === 'error')).toEqual([]);
        expect([world.told.length, world.audit.length, world.calls]).toEqual([1, 1, []]);
      }),
      { numRuns: 300 },
    );
  });
});
