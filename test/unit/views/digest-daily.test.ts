import { describe, expect, it } from 'vitest';
import { checkBlocks } from '../../../sandbox/slack/blocks/check-blocks.ts';
import type { Digest } from '../../../src/services/digests/digest.ts';
import { dailyDigestView } from '../../../src/views/digest-daily-view.ts';
import { aLostReport, aReport, NOW } from '../../support/builders.ts';
import { anEnvironment } from '../../support/world.ts';
import { aDigest, DAY, earlier, inDays, MONITORING } from '../services/digests/digest-builders.ts';
import { aGroup, anAlert } from './alert-builders.ts';
import { buttonsOf, wordsOf } from './message-parts.ts';
import { aBreakGlass, aHostPlan, anApproval, aPlan, aRollout, EVIL } from './rollout-builders.ts';

const say = (overrides: Partial<Digest> = {}) => dailyDigestView(aDigest(overrides));
const words = (overrides: Partial<Digest> = {}) => wordsOf(say(overrides));

describe('the daily digest', () => {
  it('has three lines when all is well, and says so', () => {
    const message = say();
    expect(message.text).toBe('✅ acme/prod: all 2 hosts healthy, no alert is open');
    expect(message.blocks).toHaveLength(3);
    expect(wordsOf(message)).toMatch(
      /^✅ \*acme\/prod\* · all 2 hosts healthy, no alert is open\nAll is well: .*\nFrom <!date.* to <!date.*100 % of 2,880 checks were fine\.$/,
    );
    expect(buttonsOf(message)).toEqual([]);
  });

  it('begins with what is wrong, worst first, in one line', () => {
    const ill = aReport('mi-1', { level: 'warning', findings: [{ level: 'warning', text: '/var 84 % full' }] });
    const message = say({
      reports: [ill, aReport('apim-1')],
      disks: [{ host: 'mi-1', usedPercent: 84.9, fullAt: inDays(9.5) }],
      certificates: [{ host: 'apim-1', where: 'https://127.0.0.1:9443', endsAt: inDays(5.5) }],
      approvals: [anApproval(), anApproval({ id: 'b' })],
    });
    expect(message.text).toBe(
      '🔴 acme/prod: 1 of 2 healthy, 1 certificate ends in 5 days, 1 disk full in 9 days, 2 approvals wait, no alert is open',
    );
    const text = wordsOf(message);
    const order = ['*Certificates*', '*Hosts*', '*Disks*', '*Waiting for approval*'].map((title) =>
      text.indexOf(title),
    );
    expect(order).toEqual(order.toSorted((one, other) => one - other));
    expect(order.every((at) => at > 0)).toBe(true);
  });

  it('says of each thing what to do next', () => {
    const text = words({
      reports: [aLostReport('mi-1')],
      alerts: [aGroup({ alerts: [anAlert('mi-1')] })],
      disks: [{ host: 'mi-1', usedPercent: 84, fullAt: inDays(1) }],
      patches: [{ host: 'mi-1', security: 3, oldest: earlier(2 * DAY) }],
      approvals: [anApproval()],
      done: [aRollout({ state: 'succeeded', endedAt: NOW })],
    });
    for (const command of ['status', 'alerts', 'chart', 'patch plan', 'rollouts']) {
      expect(text).toContain(`\`/msops ${command} acme/prod`);
    }
    expect(text).toContain('`/msops chart acme/prod disk mi-1 --since 7d`');
    expect(text).toContain('App Home');
  });

  it('offers a check, the details of alerts and the reviews as buttons', () => {
    const message = say({
      reports: [aLostReport('mi-1')],
      alerts: [aGroup({ alerts: [anAlert('mi-1')] })],
      reviews: [aBreakGlass()],
    });
    const forms = JSON.stringify(message.blocks);
    expect(buttonsOf(message)).toEqual(
      expect.arrayContaining(['alert.details=7kq2m9xd', 'break_glass.review=b7kq2m9x']),
    );
    expect(forms).toContain(JSON.stringify(JSON.stringify({ environment: 'acme/prod', hosts: [], key: '' })));
  });

  it('does not take a host for healthy that was not checked lately, or never', () => {
    const message = say({ reports: [aReport('apim-1', { checkedAt: earlier(DAY / 2) })] });
    expect(message.text).toContain('❔ acme/prod: 0 of 2 healthy, 2 not known');
    expect(wordsOf(message)).toMatch(/❔ `apim-1`, `mi-1`: not checked since <!date.*so I do not know how they are/);
    const off = words({ environment: anEnvironment('acme', 'prod', ['mi-1']), reports: [] });
    expect(off).toContain('❔ `mi-1`: never checked, because `monitoring` is `off` here, so I do not know how it is');
  });

  it('never says of what nobody watches that all is well', () => {
    const environment = anEnvironment('acme', 'prod', ['apim-1', 'mi-1']);
    const message = say({ environment, disks: undefined, availability: undefined });
    expect(message.text).toBe('❔ acme/prod: all 2 hosts healthy, not watched');
    expect(wordsOf(message)).toContain('❔ `monitoring` is `off` here, so nothing is known of alerts, availability');
    expect(wordsOf(message)).not.toMatch(/All is well|Could not be found out/);
  });

  it('says what could not be found out, and then not that all is well', () => {
    const nothing = { reports: undefined, alerts: undefined, disks: undefined, patches: undefined, done: undefined };
    const message = say({ ...nothing, certificates: undefined, approvals: undefined, reviews: undefined });
    expect(message.text).toBe('❔ acme/prod: health not known, not everything is known');
    expect(wordsOf(message)).toContain(
      '❔ *Could not be found out:* how the hosts are, alerts, when disks will be full, pending security updates, when certificates end, open approvals, break-glass reviews and rollouts that ended. The log of msops says why.',
    );
    expect(wordsOf(message)).not.toContain('All is well');
    expect(words({ uncertified: ['mi-1'] })).toContain('❔ When certificates end is not known of `mi-1`.');
  });

  it('begins late with when it should have come and why', () => {
    const lateSince = new Date('2026-02-28T07:00:00Z');
    expect(words({ lateSince })).toMatch(
      /^⏰ \*No bot was up at 08:00; this is the digest of 08:00\.\* Due Sat, Feb 28, 08:00 Europe\/Zurich/,
    );
    expect(words({ lateSince, lateBecause: 'failed' })).toContain('*It could not be made at 08:00; this is');
  });

  it.each([
    [{ disks: [{ host: 'mi-1', usedPercent: 99, fullAt: inDays(0.2) }] }, '🔴', '1 disk full in 4 h'],
    [{ certificates: [{ host: 'mi-1', where: 'a', endsAt: inDays(-2) }] }, '🔴', '1 certificate ended 2 days ago'],
    [{ certificates: [{ host: 'mi-1', where: 'a', endsAt: inDays(20) }] }, '⚠️', '1 certificate ends in 20 days'],
    [{ patches: [{ host: 'mi-1', security: 1, oldest: earlier(DAY) }] }, '✅', '1 security update waits'],
    [
      { patches: [{ host: 'mi-1', security: 1, oldest: earlier(9 * DAY) }] },
      '🔴',
      'security updates overdue on 1 host',
    ],
    [{ reviews: [aBreakGlass()] }, '⚠️', '1 break-glass review is open'],
    [{ reviews: [aBreakGlass({ reviewDueAt: earlier(DAY) })] }, '🔴', '1 break-glass review is overdue'],
    [{ done: [aRollout({ state: 'failed', endedAt: NOW })] }, '⚠️', '1 rollout failed'],
    [{ alerts: [aGroup({ alerts: [anAlert('mi-1', { severity: 'warning' })] })] }, '⚠️', '1 alert open'],
    [{ alerts: [aGroup({ endedAt: NOW, alerts: [] })] }, '✅', 'no alert is open'],
    [{ planned: [aRollout({ state: 'waiting' })] }, '✅', 'all 2 hosts healthy'],
  ] as const)('sums up %j as %s %s', (overrides, icon, fact) => {
    const environment = { ...aDigest().environment, securityWithinMs: 7 * DAY };
    const { text } = say({ environment, ...overrides });
    expect(text.startsWith(icon)).toBe(true);
    expect(text).toContain(fact);
  });

  it('fits into Slack however much there is, and lets nobody write into it', () => {
    const hosts = Array.from({ length: 200 }, (_, index) => `${EVIL.slice(0, 30)}${index}`);
    const many = <Thing>(make: (host: string) => Thing): readonly Thing[] => hosts.map(make);
    const message = say({
      environment: { ...anEnvironment('acme', EVIL, hosts), monitoring: MONITORING },
      reports: many((host) => aReport(host, { level: 'critical', findings: [{ level: 'critical', text: EVIL }] })),
      alerts: many((host) => aGroup({ id: host, alerts: [anAlert(host, { text: EVIL })] })),
      disks: many((host) => ({ host, usedPercent: 90, fullAt: inDays(3) })),
      certificates: many((host) => ({ host, where: EVIL, endsAt: inDays(3) })),
      patches: many((host) => ({ host, security: 9, oldest: earlier(DAY) })),
      approvals: many((id) => anApproval({ id, title: EVIL })),
      reviews: many((id) => aBreakGlass({ id, reason: EVIL })),
      done: many((id) =>
        aRollout({ id, state: 'failed', endedAt: NOW, plan: aPlan([aHostPlan(id)], { title: EVIL }) }),
      ),
      planned: many((id) => aRollout({ id, state: 'paused', plan: aPlan([aHostPlan(id)], { title: EVIL }) })),
      ...{ uncertified: hosts, availability: undefined, lateSince: NOW },
    });
    expect(checkBlocks(message.blocks, 'message')).toEqual([]);
    expect(`${message.text}${wordsOf(message)}`).not.toMatch(/<!channel|<https:\/\/evil/);
  });
});
