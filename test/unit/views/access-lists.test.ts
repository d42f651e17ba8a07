import { describe, expect, it } from 'vitest';
import { checkBlocks } from '../../../sandbox/slack/blocks/check-blocks.ts';
import { GRANT_STATES } from '../../../src/services/access/grant.ts';
import type { Drift } from '../../../src/services/access/ports.ts';
import { accessDriftView } from '../../../src/views/access-drift-view.ts';
import { accessListView } from '../../../src/views/access-list-view.ts';
import { durationOptions } from '../../../src/views/access-request-modal.ts';
import { laterEnds, shorterEnds } from '../../../src/views/access-time-modals.ts';
import { NOW } from '../../support/builders.ts';
import { aGrantHost, extremeGrant, grantFacts, OPERATOR } from './access-builders.ts';
import { wordsOf } from './message-parts.ts';
import { ago, EVIL } from './rollout-builders.ts';

const ACCOUNT = {
  ...{ user: 'backdoor', uid: 1007, shell: '/bin/bash', groups: ['sudo'], endsOn: undefined },
  ...{ keys: ['SHA256:abc'], grantId: undefined },
};

describe('the list', () => {
  it('has what is open first, and says who has what until when', () => {
    const grants = [
      grantFacts({ id: 'old', state: 'ended', endedAt: ago(60) }),
      grantFacts({ id: 'new', state: 'active' }),
    ];
    const message = accessListView({ grants, audience: 'ops', of: 'acme' });
    expect(message.text).toBe('1 grant of access of acme is open');
    expect(wordsOf(message)).toMatch(
      /🔓 `new` \*acme\/prod\* \*Dana Okafor\* \(`T0ACME:U0DANA`\): active\n.*the dashboards.*until Sun, Mar 1, 08:00[\s\S]*🔒 `old`.*over: its time is over/,
    );
  });

  it('says of what opened nothing only until when it was asked for', () => {
    const grants = [grantFacts({ state: 'rejected', endedAt: ago(60) })];
    const words = wordsOf(accessListView({ grants, audience: 'ops' }));
    expect(words).toMatch(/rejected\n.*asked for until Sun, Mar 1, 08:00/);
    expect(words).toContain('the newest 1 that is over');
  });

  it('shows to the customer what the card in their channel shows', () => {
    const endWish = { why: 'revoked', by: OPERATOR, reason: 'a secret of ours', at: ago(1) } as const;
    const grants = [grantFacts({ state: 'ended', endWish })];
    const words = wordsOf(accessListView({ grants, audience: 'shared' }));
    expect(words).toContain('revoked by the operations team');
    expect(words).not.toMatch(/Alice|secret of ours|T0ACME|payments/);
  });

  it('does not hide what could not be revoked', () => {
    const hosts = [aGrantHost('mi-2', { state: 'left_behind' })];
    const words = wordsOf(accessListView({ grants: [grantFacts({ state: 'ending' }, { hosts })], audience: 'ops' }));
    expect(words).toContain('🚨 not revoked on `mi-2`');
  });

  it('fits into Slack, and is one without anything too', () => {
    const grants = Array.from({ length: 200 }, (_, index) => extremeGrant(GRANT_STATES[index % 8]!));
    expect(checkBlocks(accessListView({ grants, audience: 'ops' }).blocks, 'message')).toEqual([]);
    expect(accessListView({ grants: [], audience: 'ops' }).text).toBe('0 grants of access here are open');
  });
});

describe('the comparison of hosts with grants', () => {
  const drawn = (drifts: readonly Drift[]) => accessDriftView({ ref: 'acme/prod', hosts: 3, drifts });

  it('names each difference by host', () => {
    const words = wordsOf(
      drawn([
        { kind: 'unexplained_account', host: 'mi-1', account: ACCOUNT },
        { kind: 'left_behind', host: 'mi-1', user: 'msro-old', grantId: 'old' },
        { kind: 'missing', host: 'mi-2', user: 'msro-new', grantId: 'new' },
        { kind: 'wrong_groups', host: 'mi-2', user: 'msro-new', groups: ['docker'] },
        { kind: 'unexplained_sudo', host: 'mi-2', text: 'backdoor ALL=(ALL) NOPASSWD: ALL' },
      ]),
    );
    expect(words).toContain('⚠️ *acme/prod*: 5 differences between hosts and grants on 3 hosts.');
    expect(words).toContain(
      'no grant explains the account `backdoor` (uid 1007, `/bin/bash`, without an end), groups `sudo`',
    );
    expect(words).toContain('`msro-old` is still there, but access `old` is over');
    expect(words).toContain('`msro-new` of access `new` is missing');
    expect(words).toContain('groups that reading does not need: `docker`');
    expect(words).toContain('backdoor ALL=(ALL) NOPASSWD: ALL');
    expect(words).toContain('Nothing was changed');
  });

  it('never calls what it could not read well', () => {
    expect(drawn([]).text).toContain('✅ *acme/prod*: no difference was found on 3 hosts');
    const { text } = drawn([{ kind: 'unknown', host: 'mi-2', text: 'no answer' }]);
    expect(text).toContain('❔ *acme/prod*: no difference was found on 3 hosts, and 1 thing could not be read');
    expect(text).not.toContain('✅');
  });

  it('fits into Slack, however long and hostile', () => {
    const account = { ...ACCOUNT, user: EVIL, shell: EVIL, groups: Array(90).fill(EVIL), keys: Array(90).fill(EVIL) };
    const message = drawn(Array(300).fill({ kind: 'unexplained_account', host: EVIL, account }));
    expect(checkBlocks(message.blocks, 'message')).toEqual([]);
    expect(wordsOf(message)).not.toContain('<!channel>');
  });
});

describe('the times that are offered', () => {
  const hour = 3_600_000;
  const valuesOf = (ms: number) => durationOptions(ms).map(({ value }) => value);

  it('go up to the longest, which is always among them', () => {
    expect(valuesOf(24 * hour)).toEqual(['1h', '4h', '8h', '1d']);
    expect(valuesOf(12 * hour)).toEqual(['1h', '4h', '8h', '720m']);
    expect(valuesOf(900_000)).toEqual(['15m']);
    expect(durationOptions(36.5 * hour).at(-1)?.text.text).toBe('1 d 12 h 30 min, the longest');
  });

  it('are before the asked end to approve shorter, and after it to extend, as far as it may go', () => {
    const { grant } = grantFacts({ until: new Date(NOW.getTime() + 3 * hour) });
    const iso = (dates: readonly Date[]) => dates.map((date) => (date.getTime() - NOW.getTime()) / hour);
    expect(iso(shorterEnds({ grant, now: NOW }))).toEqual([1, 2]);
    expect(iso(laterEnds({ grant, now: NOW }, 8 * hour))).toEqual([4, 5, 7, 8]);
    expect(laterEnds({ grant, now: NOW }, 3 * hour)).toEqual([]);
    expect(shorterEnds({ grant: { ...grant, until: NOW }, now: NOW })).toEqual([]);
  });
});
