import { describe, expect, it } from 'vitest';
import type { Message } from '../../../src/domain/message.ts';
import type { RolloutFacts } from '../../../src/services/rollouts/ports.ts';
import { rolloutWords } from '../../../src/views/rollout-words.ts';
import { buttonsOf, rowsOf, wordsOf } from './message-parts.ts';
import {
  ALICE,
  ago,
  aHostPlan,
  aHostState,
  anApproval,
  aPlan,
  aRollout,
  CAROL,
  DANA,
  ROLLOUT_STATES,
  someFacts,
} from './rollout-builders.ts';

const card = (overrides: Partial<RolloutFacts> = {}): Message => rolloutWords.card(someFacts(overrides));

describe('the card while it waits for approval', () => {
  it('says what, where, by whom and why', () => {
    const message = card();
    expect(message.text).toBe('✋ acme/prod: waits for approval: Install 7 packages (4 security) on 2 hosts');
    const words = wordsOf(message);
    expect(words).toContain('Asked by *Alice Moreau*: “CVE of the week”');
    expect(words).toContain('`apim-1`, `apim-2`\n      `openssl 3.0.20 → 3.0.22 (security)`');
    expect(words).toContain('*2 waves:* `apim-1` → `apim-2`');
    expect(words).toContain('*Starts:* as soon as it is approved');
    expect(words).toContain('/msops rollout 7kq2m9xd');
  });

  it('says who must approve, who did, and until when', () => {
    const openSeats = [{ role: 'customer', count: 2, team: 'customer' }] as const;
    const approval = anApproval({ votes: [{ person: CAROL, at: ago(1) }] });
    const words = wordsOf(card({ openSeats, approval, customerName: 'Acme Bank' }));
    expect(words).toContain("*Must approve:* 2 customers of Acme Bank's workspace.");
    expect(words).toContain('*Approved so far by* *Carol Mensah*');
    expect(words).toContain('*Expires:* <!date^');
    expect(wordsOf(card())).toContain(
      "1 approver of the operations team and 1 customer of acme's workspace. Not *Alice Moreau*, who asked.",
    );
    expect(wordsOf(card({ openSeats: [] }))).toContain('nobody can, as the policy stands now');
  });

  it('says how to go back on each host, and plainly where there is no way', () => {
    const plan = aPlan([
      aHostPlan('apim-1'),
      aHostPlan('mi-1', { rollback: 'none: the mirror has the newest version alone' }),
    ]);
    const words = wordsOf(card({ rollout: aRollout({ plan }) }));
    const [without, withOne] = [words.indexOf('⚠️ *No way back* on `mi-1`: the mirror'), words.indexOf('↩️ Way back')];
    expect(without).toBeGreaterThan(0);
    expect(withOne).toBeGreaterThan(without);
    expect(words).toContain('↩️ Way back on `apim-1`: the versions before are in the cache of apt');
  });

  it('shows warnings, and what changed when it is asked again', () => {
    const plan = aPlan([aHostPlan('apim-1')], { warnings: [{ host: 'apim-1', text: 'the lists are 23 days old' }] });
    const words = wordsOf(card({ rollout: aRollout({ plan, changedSince: ['apim-1: curl 7 → 8 is new'] }) }));
    expect(words).toContain('⚠️ `apim-1`: the lists are 23 days old');
    expect(words).toContain('🔁 *Asked again');
    expect(words).toContain('• apim-1: curl 7 → 8 is new');
  });

  it('shows the time to start in the zone of the environment, with the hours that are allowed', () => {
    const startAt = new Date('2026-03-08T01:00:00Z');
    const allowedHours = { days: ['mon', 'sun'], from: '20:00', to: '04:00', timeZone: undefined } as const;
    const timeZone = 'Europe/Berlin';
    expect(wordsOf(card({ rollout: aRollout({ startAt }), timeZone }))).toContain(
      'not before Sun, Mar 8, 02:00 Europe/Berlin (<!date^',
    );
    expect(wordsOf(card({ allowedHours, timeZone }))).toContain(
      'as soon as it is approved, but only within the allowed hours: mon, sun 20:00–04:00 Europe/Berlin',
    );
  });

  it('offers to approve, to reject, to take it back and the details', () => {
    expect(buttonsOf(card())).toEqual([
      'approval.approve=7kq2m9xd-1',
      'approval.reject=7kq2m9xd-1',
      'rollout.details=7kq2m9xd',
      'rollout.abort=7kq2m9xd',
    ]);
    expect(buttonsOf(card({ approval: undefined }))).toEqual(['rollout.details=7kq2m9xd', 'rollout.abort=7kq2m9xd']);
    expect(buttonsOf(card({ approval: anApproval({ status: 'rejected' }) }))).toEqual(['rollout.details=7kq2m9xd']);
  });
});

describe('the card after the decision', () => {
  const approval = anApproval({
    status: 'approved',
    votes: [
      { person: CAROL, at: ago(5) },
      { person: DANA, at: ago(4) },
    ],
    decision: { by: DANA, at: ago(4) },
  });
  const hosts = [
    aHostState('apim-1', { state: 'done', note: '7 packages', startedAt: ago(3), endedAt: ago(2) }),
    aHostState('apim-2', { wave: 1, state: 'in_progress', step: 'install 7 packages', startedAt: ago(1) }),
  ];
  const running = aRollout({ state: 'running', startedAt: ago(3) });

  it('says for what it waits and until when', () => {
    const rollout = aRollout({ state: 'waiting', note: 'waits for the lock of 2b3c4d5e', nextAt: ago(-30) });
    const message = card({ rollout, approval });
    expect(wordsOf(message)).toContain('⏳ waits for the lock of 2b3c4d5e, until <!date^');
    expect(wordsOf(message)).toContain('Approved by *Carol Mensah* and *Dana Okafor*, <!date^');
    expect(buttonsOf(message)).toEqual(['rollout.abort=7kq2m9xd', 'rollout.details=7kq2m9xd']);
  });

  it('shows the progress with one row a host', () => {
    const message = card({ rollout: running, approval, hosts });
    expect(message.text).toContain('running · wave 2 of 2 · 1 of 2 hosts done · 3 min');
    expect(rowsOf(message)).toEqual([
      ['Host', 'Wave', 'Step', 'Took'],
      ['✅ apim-1', '1', '7 packages', '1 min'],
      ['🔄 apim-2', '2', 'install 7 packages', '1 min'],
    ]);
    expect(buttonsOf(message)).toEqual([
      'rollout.pause=7kq2m9xd',
      'rollout.abort=7kq2m9xd',
      'rollout.details=7kq2m9xd',
    ]);
  });

  it('offers to resume what is paused or will be, and nothing but details of what is aborted', () => {
    const wishing = (wish: 'pause' | 'abort') =>
      card({ rollout: { ...running, control: { wish, by: CAROL, at: ago(0) } }, approval, hosts });
    expect(buttonsOf(wishing('pause'))[0]).toBe('rollout.resume=7kq2m9xd');
    const paused = aRollout({ ...running, state: 'paused', note: 'paused by Carol Mensah' });
    const wish = { wish: 'pause', by: CAROL, at: ago(0) } as const;
    expect(wordsOf(card({ rollout: { ...paused, control: wish }, approval, hosts }))).toContain('has paused it.');
    expect(wordsOf(card({ rollout: { ...paused, control: wish }, approval, hosts }))).not.toContain('paused by');
    expect(wordsOf(wishing('pause'))).toContain('*Carol Mensah* wants it to pause: the hosts in work');
    expect(buttonsOf(wishing('abort'))).toEqual(['rollout.details=7kq2m9xd']);
    expect(buttonsOf(card({ rollout: { ...running, state: 'paused' }, approval, hosts }))[0]).toBe(
      'rollout.resume=7kq2m9xd',
    );
  });

  it('says first how it ended, then what failed and why, with a link to its message', () => {
    const failed = aHostState('apim-1', {
      state: 'failed',
      step: 'install 7 packages',
      note: 'the postinst of fixture failed',
      advice: 'Look at the output.',
      startedAt: ago(3),
      endedAt: ago(2),
    });
    const rollout = aRollout({
      state: 'failed',
      startedAt: ago(3),
      endedAt: ago(1),
      note: '1 of 1 host of wave 1 failed',
    });
    const left = aHostState('apim-2', { wave: 1, state: 'skipped' });
    const links = { 'apim-1': 'https://acme.slack.test/archives/C1/p1' };
    const message = card({ rollout, approval, hosts: [failed, left], links });
    const words = wordsOf(message);
    expect(message.text).toMatch(/^❌ acme\/prod: failed · 0 of 2 hosts done · 1 failed · 2 min: /);
    expect(words).toContain(
      '❌ `apim-1` at “install 7 packages”: the postinst of fixture failed · <https://acme.slack.test/archives/C1/p1|what it printed>\n      → Look at the output.',
    );
    expect(words).toContain('Left alone: `apim-2`');
    expect(words).toContain('Approved by *Carol Mensah* and *Dana Okafor*');
    expect(buttonsOf(message)).toEqual(['rollout.details=7kq2m9xd']);
  });

  it('says who rejected it and why', () => {
    const rejected = anApproval({ status: 'rejected', decision: { by: DANA, at: ago(2), reason: 'not tonight' } });
    const words = wordsOf(card({ rollout: aRollout({ state: 'rejected' }), approval: rejected }));
    expect(words).toContain('Rejected by *Dana Okafor*: “not tonight”, <!date^');
  });

  it('says once that it was taken back, and by whom', () => {
    const withdrawn = anApproval({ status: 'withdrawn', decision: { by: ALICE, at: ago(2), reason: 'aborted' } });
    const rollout = aRollout({ state: 'aborted', control: { wish: 'abort', by: ALICE, at: ago(2) }, note: 'aborted' });
    const message = card({ rollout, approval: withdrawn });
    expect(message.text).toMatch(/^⏹️ acme\/prod: taken back: /);
    expect(wordsOf(message)).toContain('Taken back by *Alice Moreau*, <!date^');
    expect(wordsOf(message)).not.toContain('borted');
  });

  it('gives customers no buttons, commands and links that are not theirs', () => {
    const links = { 'apim-1': 'https://acme.slack.test/archives/C1/p1' };
    const failed = [aHostState('apim-1', { state: 'failed', note: 'no space' })];
    const shown = (facts: Partial<RolloutFacts>) => rolloutWords.card(someFacts(facts), 'customer');
    expect(buttonsOf(shown({}))).toEqual([
      'approval.approve=7kq2m9xd-1',
      'approval.reject=7kq2m9xd-1',
      'rollout.details=7kq2m9xd',
    ]);
    expect(buttonsOf(shown({ rollout: running, hosts }))).toEqual(['rollout.details=7kq2m9xd']);
    const words = wordsOf(shown({ rollout: { ...running, state: 'failed' }, hosts: failed, links }));
    expect(words).toContain('`@msops rollout 7kq2m9xd`');
    expect(words).toContain('no space');
    expect(words).not.toContain('archives');
  });

  it('shows a break-glass loudly in every state', () => {
    const emergency = anApproval({ status: 'approved', breakGlassId: 'b1', decision: { at: ago(1) } });
    for (const state of ROLLOUT_STATES) {
      expect(wordsOf(card({ rollout: aRollout({ state }), approval: emergency }))).toContain(
        '🚨 *BREAK-GLASS* 🚨 Nobody approved this. *Alice Moreau*',
      );
    }
  });
});
