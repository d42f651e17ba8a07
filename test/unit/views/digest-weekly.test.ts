import { describe, expect, it } from 'vitest';
import { checkBlocks } from '../../../sandbox/slack/blocks/check-blocks.ts';
import type { Digest } from '../../../src/services/digests/digest.ts';
import { insteadOfDailyView, noDigestView } from '../../../src/views/digest-answer-views.ts';
import { shareInWords } from '../../../src/views/digest-frame.ts';
import { weeklyDigestView } from '../../../src/views/digest-weekly-view.ts';
import { aLostReport, NOW } from '../../support/builders.ts';
import { anEnvironment } from '../../support/world.ts';
import { aDigest, DAY, earlier, inDays } from '../services/digests/digest-builders.ts';
import { aGroup } from './alert-builders.ts';
import { buttonsOf, wordsOf } from './message-parts.ts';
import { aBreakGlass, aHostPlan, anApproval, aPlan, aRollout, EVIL } from './rollout-builders.ts';

const WEEK = 7 * DAY;
const WHOLE = 7 * 1440;

function say(overrides: Partial<Digest> = {}) {
  const availability = [
    { host: 'apim-1', share: 1, checks: WHOLE },
    { host: 'mi-1', share: 0.995, checks: WHOLE },
  ];
  return weeklyDigestView(aDigest({ kind: 'weekly', from: earlier(WEEK), availability, ...overrides }));
}

describe('the weekly digest', () => {
  it('says what was done, what is planned, and how available it was and how that is counted', () => {
    const message = say({
      done: [
        aRollout({ state: 'succeeded', endedAt: earlier(DAY) }),
        aRollout({ state: 'failed', endedAt: earlier(DAY), note: 'failed on mi-1: sudo: a password is required' }),
      ],
      planned: [
        aRollout({ state: 'waiting', nextAt: inDays(1) }),
        aRollout({ state: 'awaiting_approval' }),
        aRollout({ state: 'running', startedAt: NOW, startAt: NOW }),
      ],
      alerts: [aGroup({ id: 'a', endedAt: NOW }), aGroup({ id: 'b' }), aGroup({ id: 'c', signal: 'heap' })],
    });
    expect(message.text).toBe(
      '📋 The last week of Acme Bank, prod: availability 99.75 %, 2 changes made, 3 planned, 3 alerts',
    );
    const text = wordsOf(message);
    expect(text).toContain(
      '99.75 % of 20,160 checks, one each 1 min and host, found the host answering and all its applications healthy. Planned work counts too.\n      `mi-1` 99.50 %',
    );
    expect(text).toMatch(/\*What was done\*\n✅ Install 7 packages \(4 security\) on 2 hosts · done, <!date/);
    expect(text).toContain(
      '❌ Install 7 packages (4 security) on 2 hosts · stopped because something failed; our operations team',
    );
    expect(text).toMatch(
      /\*What is planned\*\n⏳ .* · approved, not before <!date.*\n✋ .* · waits for approval\n🔄 .* · under way$/m,
    );
    expect(text).toContain('3 alerts: 2 disk, 1 JVM heap. 1 is over, 2 go on.');
    expect(buttonsOf(message)).toEqual([]);
  });

  it('is short when nothing happened', () => {
    const message = say();
    expect(message.text).toContain('availability 99.75 %, no change was made, none is planned, no alerts');
    expect(message.blocks).toHaveLength(3);
  });

  it('has nothing of our own in it, whatever it is given', () => {
    const message = say({
      reports: [aLostReport('mi-1')],
      approvals: [anApproval({ title: 'a secret question' })],
      reviews: [aBreakGlass()],
      patches: [{ host: 'mi-1', security: 7, oldest: NOW }],
      certificates: [{ host: 'mi-1', where: 'secret.jks', endsAt: NOW }],
      done: [aRollout({ state: 'aborted', startedAt: NOW, endedAt: NOW, note: 'by Alice Moreau', reason: 'sleepy' })],
      alerts: [aGroup({ acknowledged: { by: { id: 'T:U', accounts: ['T:U'], name: 'Bob Tanaka' }, at: NOW } })],
    });
    const text = wordsOf(message);
    expect(text).not.toMatch(/Alice|Moreau|Bob|sleepy|CVE|secret|gateway is down|7kq2m9xd|refused/);
    expect(text).toContain('🚨 1 use of the emergency way waits for review.');
    expect(text).toContain('stopped on request');
  });

  it('does not call work what was never begun', () => {
    const done = (['rejected', 'expired', 'aborted'] as const).map((state) => aRollout({ state, endedAt: NOW }));
    expect(say({ done }).text).toContain('no change was made');
  });

  it('says what was not measured, and when a share is of too few checks', () => {
    const availability = [
      { host: 'apim-1', share: 1, checks: WHOLE / 2 },
      { host: 'mi-1', share: undefined, checks: 0 },
    ];
    const text = wordsOf(say({ availability }));
    expect(text).toContain('❔ That is 25.00 % of the checks that were due; of the rest nothing is known.');
    expect(text).toContain('❔ Not measured: `mi-1`');
    const none = say({ availability: undefined, done: undefined, planned: undefined, alerts: undefined });
    expect(none.text).toBe('📋 The last week of Acme Bank, prod: availability unknown');
    expect(wordsOf(none)).toContain(
      '❔ *Could not be found out:* alerts, availability, rollouts that ended and rollouts to come',
    );
  });

  it('says that nothing is measured where nobody watches', () => {
    const message = say({ environment: anEnvironment('acme', 'prod', ['mi-1']), availability: undefined });
    expect(message.text).toContain('prod: availability is not measured here, no change was made');
    expect(wordsOf(message)).not.toContain('Could not be found out');
  });

  it('says so when it comes late', () => {
    expect(wordsOf(say({ lateSince: earlier(DAY) }))).toContain('this is the digest of 04:00');
  });

  it('fits into Slack and lets nobody write into it', () => {
    const many = Array.from({ length: 200 }, (_, index) => index);
    const title = { plan: aPlan([aHostPlan('mi-1')], { title: EVIL }) };
    const message = say({
      customerName: EVIL,
      done: many.map(() => aRollout({ state: 'succeeded', endedAt: NOW, ...title })),
      planned: many.map(() => aRollout({ state: 'running', ...title })),
      alerts: many.map((id) => aGroup({ id: `${id}` })),
      availability: many.map((id) => ({ host: `${EVIL}${id}`, share: id % 2 ? 0.5 : undefined, checks: 10 })),
    });
    expect(checkBlocks(message.blocks, 'message')).toEqual([]);
    expect(JSON.stringify(message)).not.toMatch(/<!channel|<https:\/\/evil/);
    expect(wordsOf(message)).toContain('At least 200 alerts');
  });
});

describe('shareInWords', () => {
  it.each([
    [1, '100 %'],
    [0.99999, '99.99 %'],
    [0.29, '29.00 %'],
    [0, '0.00 %'],
    [undefined, 'unknown'],
  ])('calls %d %s', (share, words) => {
    expect(shareInWords(share)).toBe(words);
  });
});

describe('answers about digests', () => {
  it('say why there is none, and what to do instead', () => {
    expect(wordsOf(noDigestView(anEnvironment('acme', 'dev', [])))).toBe(
      '`acme/dev` is not production, and only production is watched. So there is no digest of it. `/msops status acme/dev` checks it once, now.',
    );
  });

  it('say that the daily one is for our own people', () => {
    expect(wordsOf(insteadOfDailyView(say()))).toContain('The daily digest is for our operations team');
  });
});
