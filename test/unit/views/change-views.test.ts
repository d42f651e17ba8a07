import { describe, expect, it } from 'vitest';
import { checkBlocks } from '../../../sandbox/slack/blocks/check-blocks.ts';
import { checkView } from '../../../sandbox/slack/blocks/check-view.ts';
import type { VoteOutcome } from '../../../src/services/approvals/approval-service.ts';
import { approvalConfirmModal, approvalRejectModal } from '../../../src/views/approval-modals.ts';
import { approvalOutcomeView } from '../../../src/views/approval-outcome-view.ts';
import { breakGlassModal } from '../../../src/views/break-glass-modal.ts';
import { breakGlassOpenedView, breakGlassView } from '../../../src/views/break-glass-view.ts';
import { lockBrokenView } from '../../../src/views/lock-view.ts';
import { rolloutAbortModal } from '../../../src/views/rollout-abort-modal.ts';
import { rolloutDetailsModal, rolloutDetailsView } from '../../../src/views/rollout-details.ts';
import { rolloutListView } from '../../../src/views/rollout-list-view.ts';
import { notRequestedView, requestedView } from '../../../src/views/rollout-request-view.ts';
import { aHopFailure, NOW } from '../../support/builders.ts';
import { buttonsOf, wordsOf } from './message-parts.ts';
import {
  ALICE,
  aBreakGlass,
  ago,
  aHostPlan,
  anApproval,
  aPlan,
  aRollout,
  CAROL,
  DANA,
  EVIL,
  extremeFacts,
  someFacts,
} from './rollout-builders.ts';
import { textsOf } from './texts-of.ts';

const HOSTILE = { ...ALICE, name: EVIL };
const MARKUP = /<!channel|<https:\/\/evil/;

describe('approvalOutcomeView', () => {
  const say = (outcome: VoteOutcome, wish: 'approve' | 'reject' = 'approve'): string =>
    approvalOutcomeView(outcome, { wish, now: NOW, customerName: 'Acme Bank' }).text;
  const open = [{ role: 'customer', count: 1, team: 'customer' }] as const;

  it('says of each click what became of it', () => {
    const approval = anApproval();
    const saying = [
      say({ kind: 'needs_typing', phrase: 'acme/prod' }),
      say({ kind: 'counted', approval, open }),
      say({ kind: 'repeated', approval, open }),
      say({ kind: 'decided', approval }),
      say({ kind: 'decided', approval }, 'reject'),
      say({ kind: 'refused', reason: 'You asked for it.' }),
      say({ kind: 'unknown' }),
    ];
    expect(saying[0]).toContain('typed `acme/prod`');
    expect(saying[1]).toContain("counts. Still needed: 1 customer of Acme Bank's workspace.");
    expect(saying[2]).toContain('You approved');
    expect(saying[3]).toContain('✅ Approved');
    expect(saying[4]).toContain('🚫 Rejected');
    expect(saying[5]).toContain('You asked for it.');
    expect(saying[6]).toContain('I know no such request');
    expect(new Set(saying).size).toBe(7);
  });

  it('tells those who are late by whom and when it was decided, and how', () => {
    const decision = { by: CAROL, at: ago(5) };
    const late = (approval: Parameters<typeof anApproval>[0]): string =>
      say({ kind: 'late', approval: anApproval({ decision, ...approval }) });
    expect(late({ status: 'approved' })).toContain('5 min ago: approved, decided by *Carol Mensah*.');
    expect(late({ status: 'rejected', decision: { ...decision, reason: 'no' } })).toContain(
      '5 min ago: rejected by *Carol Mensah*: “no”.',
    );
    expect(late({ status: 'expired', decision: { at: ago(61) } })).toContain('1 h ago: expired: not everybody');
    expect(late({ status: 'withdrawn' })).toContain('taken back by *Carol Mensah*');
    expect(late({ status: 'void', decision: { at: ago(1), reason: 'the plan changed' } })).toContain(
      'void: “the plan changed”',
    );
    expect(late({ status: 'approved', breakGlassId: 'b1', decision: { at: ago(1) } })).toContain('by break-glass');
  });
});

describe('the forms of a change', () => {
  it('fit into Slack and say what they are about, whatever it is', () => {
    const approval = anApproval({ title: EVIL, requester: HOSTILE, id: 'x'.repeat(200) });
    const views = [
      approvalConfirmModal(approval, 'acme/prod'),
      approvalConfirmModal(approval, 'acme/prod'.repeat(100)),
      approvalRejectModal(approval),
      rolloutAbortModal(aRollout({ plan: aPlan([], { title: EVIL }), state: 'running' })),
      rolloutAbortModal(aRollout()),
      breakGlassModal(aBreakGlass({ reason: EVIL, person: HOSTILE })),
      rolloutDetailsModal(someFacts()),
      rolloutDetailsModal(extremeFacts('running')),
    ];
    for (const view of views) {
      expect(checkView(view, 'modal')).toEqual([]);
      expect(Buffer.byteLength(JSON.stringify(view))).toBeLessThan(250_000);
      expect(textsOf(view.blocks).join('\n')).not.toMatch(MARKUP);
    }
  });

  it('say what aborting does before and while hosts are in work', () => {
    expect(wordsOf(rolloutAbortModal(aRollout()))).toContain('Nothing was done on any host yet');
    expect(wordsOf(rolloutAbortModal(aRollout({ state: 'paused' })))).toContain('come to their end');
  });
});

describe('the details of a rollout', () => {
  it('have the whole plan', () => {
    const lines = Array.from({ length: 40 }, (_, index) => `lib${index} 1 → 2`);
    const plan = aPlan([aHostPlan('apim-1', { lines }), aHostPlan('apim-2', { lines: ['curl 7 → 8'] })], {
      idle: ['mi-1'],
    });
    const approval = anApproval({ votes: [{ person: DANA, at: ago(3) }] });
    const words = wordsOf(rolloutDetailsModal(someFacts({ rollout: aRollout({ plan }), approval })));
    for (const line of [...lines, 'curl 7 → 8']) {
      expect(words).toContain(`\`${line}\``);
    }
    expect(words).toContain('*Dana Okafor* approved, <!date^');
    expect(words).toContain('digest of the plan `aaaaaaaaaaaa`');
    expect(words).toContain('*Nothing to do on:* `mi-1`');
    expect(words).toContain('stops when more than 0 of a wave or 0 of all hosts have failed');
    expect(words).not.toContain('found no room');
  });

  it('that are too long say how to see one host', () => {
    const words = wordsOf(rolloutDetailsModal(extremeFacts('running')));
    expect(words).toMatch(/\d+ more lines found no room here\. One host alone: `\/msops rollout 7kq2m9xd --hosts/);
    const one = rolloutDetailsView(extremeFacts('running'), [extremeFacts('running').hosts[1]!.host]);
    expect(checkBlocks(one.blocks, 'message')).toEqual([]);
    expect(wordsOf(one)).not.toContain('found no room');
  });
});

describe('lists, answers and notices of changes', () => {
  it('list rollouts with their state, newest first', () => {
    const words = wordsOf(
      rolloutListView([aRollout({ state: 'failed', note: '1 failed' }), aRollout({ id: 'b' })], NOW),
    );
    expect(words).toContain('❌ `7kq2m9xd` *acme/prod* failed: 1 failed\n      Install 7 packages');
    expect(words).toContain('*Alice Moreau*, 10 min ago');
    expect(words).toContain('The newest 2 rollouts here');
    const one = (rollout: Parameters<typeof aRollout>[0]) => wordsOf(rolloutListView([aRollout(rollout)], NOW));
    expect(one({ state: 'failed', note: 'failed on mi-2' })).toMatch(
      /^\*1 rollout here\*[\s\S]*prod\* failed on mi-2\n/,
    );
    expect(one({ state: 'aborted', startedAt: ago(1), note: 'by Bob' })).toContain('prod* aborted by Bob\n');
  });

  it('offer the review of a break-glass to reviewers until it is closed', () => {
    expect(buttonsOf(breakGlassView(aBreakGlass(), 'reviewers'))).toEqual(['break_glass.review=b7kq2m9x']);
    expect(buttonsOf(breakGlassView(aBreakGlass(), 'everybody'))).toEqual([]);
    const closed = aBreakGlass({ review: { by: CAROL, at: ago(1), note: 'fine' }, approvals: ['7kq2m9xd-1'] });
    expect(buttonsOf(breakGlassView(closed, 'reviewers'))).toEqual([]);
    expect(wordsOf(breakGlassView(closed, 'reviewers'))).toMatch(
      /Used for 1 change\.[\s\S]*✅ Reviewed by \*Carol Mensah\*/,
    );
    expect(breakGlassOpenedView(aBreakGlass(), 1).text).toContain('1 person and the channels');
  });

  it('tells what to do about hosts that are not reached, and about their bastion once', () => {
    const failure = aHopFailure({ hop: 'acme-bastion', role: 'bastion', kind: 'connection_refused' });
    const problems = ['a', 'b'].map((host) => ({ host, text: 'not reached', failure }));
    const words = wordsOf(
      notRequestedView({ ref: 'acme/prod', command: 'patch apply acme/prod', plan: aPlan([], { problems }) }),
    );
    expect(words).toMatch(/`a`, `b`: bastion acme-bastion .*refused the connection/);
    expect(words.match(/Ask the customer whether the bastion and its sshd are up/g)).toHaveLength(1);
  });

  it('name the other hosts only when that would help', () => {
    const hint = (overrides: Parameters<typeof aPlan>[1]): string =>
      wordsOf(
        notRequestedView({
          ref: 'acme/prod',
          command: 'patch apply acme/prod',
          plan: aPlan([aHostPlan('a'), aHostPlan('b')], overrides),
        }),
      );
    expect(hint({ problems: [{ host: 'a', text: 'held' }] })).toContain('--hosts b`');
    expect(hint({ problems: [{ text: 'no lists' }] })).not.toContain('--hosts');
    expect(
      hint({
        problems: [
          { host: 'a', text: 'x' },
          { host: 'b', text: 'x' },
        ],
      }),
    ).toContain('• `a`, `b`: x');
  });

  it('fit into Slack, whatever people and hosts say', () => {
    const facts = extremeFacts('failed');
    const { rollout } = facts;
    const problems = facts.hosts.map(({ host }) => ({ host, text: `${host}${EVIL}` }));
    const lock = { customer: EVIL, environment: EVIL, owner: EVIL, holder: HOSTILE, reason: EVIL, takenAt: ago(9) };
    const messages = [
      rolloutListView(
        Array.from({ length: 30 }, () => rollout),
        NOW,
      ),
      requestedView(rollout, 'C0ACMEOPS'),
      notRequestedView({ ref: EVIL, plan: { ...rollout.plan, problems }, command: EVIL }),
      notRequestedView({ ref: EVIL, plan: { ...rollout.plan, hosts: [] }, command: EVIL }),
      lockBrokenView({ lock, by: EVIL, reason: EVIL, now: NOW }),
      breakGlassView(aBreakGlass({ reason: EVIL, person: HOSTILE, id: EVIL }), 'reviewers'),
      breakGlassView(aBreakGlass({ review: { by: HOSTILE, at: NOW, note: EVIL } }), 'reviewers'),
      approvalOutcomeView(
        {
          kind: 'late',
          approval: anApproval({ status: 'rejected', title: EVIL, decision: { by: HOSTILE, at: NOW, reason: EVIL } }),
        },
        { wish: 'approve', now: NOW },
      ),
    ];
    for (const { text, blocks } of messages) {
      expect(checkBlocks(blocks, 'message')).toEqual([]);
      expect([text, ...textsOf(blocks)].join('\n')).not.toMatch(MARKUP);
      expect(text.length).toBeLessThan(4_000);
    }
  });
});
