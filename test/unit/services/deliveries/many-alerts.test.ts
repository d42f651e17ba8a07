import { describe, expect, it } from 'vitest';
import type { Customer, Environment } from '../../../../src/domain/inventory.ts';
import type { NoticeRule } from '../../../../src/domain/receivers.ts';
import { createAlertNotices } from '../../../../src/services/deliveries/alert-notices.ts';
import { noticeWords } from '../../../../src/views/mail/notice-words.ts';
import { aDisk, anAlertWorld, aWatched, HOLDS, SECOND } from '../alerts/alert-world.ts';
import { ACME, setUp } from './delivery-world.ts';

const COUNT = 500;
const HOSTS = Array.from({ length: COUNT }, (_, index) => `host-${index}`);
const AT_ONCE = { warningMs: 0, criticalMs: 0, clearMs: 0 };
const ONCALL: NoticeRule = {
  ...{ kind: 'email', to: ['oncall@acme.example'], severities: ['critical'], when: 'always', owner: 'operations' },
};
const BOSS: NoticeRule = { ...ONCALL, to: ['boss@acme.example'], severities: ['warning'] };
const PHONE: NoticeRule = { ...ONCALL, kind: 'sms', to: ['+491701234567'], when: 'slack_late' };

/** The alert engine, the notices and the dispatcher, one behind the other. */
function aWholeWay({ isSlackThere }: { isSlackThere: boolean }) {
  const watched = aWatched(HOSTS);
  const monitoring = { ...watched.monitoring!, holds: { ...HOLDS, disk: AT_ONCE }, notices: [ONCALL, BOSS, PHONE] };
  const environment: Environment = { ...watched, monitoring };
  const customer: Customer = {
    ...{ ...ACME, channels: [{ channelId: 'C0OPS', kind: 'ops' }], environments: [environment] },
    receivers: { ...ACME.receivers!, phones: { kind: 'sns', region: 'eu-central-1' } },
  };
  const out = setUp({ customers: () => [customer] });
  const deliveries = { ...out.rows, watch: async () => {} };
  const notices = createAlertNotices({
    ...{ deliveries, clock: out.clock, words: noticeWords, links: { linkTo: async () => undefined } },
    customers: () => [customer],
  });
  const world = anAlertWorld(HOSTS, { environment, notices, clock: out.clock });
  /** Twenty rounds within ten seconds, and what goes out meanwhile. */
  async function tenSeconds(usedPercent: number): Promise<void> {
    for (let round = 0; round < 20; round += 1) {
      const slice = HOSTS.slice((round * COUNT) / 20, ((round + 1) * COUNT) / 20);
      await world.observe(...slice.map((host) => aDisk(host, usedPercent)));
      await later(SECOND / 2);
    }
  }
  async function later(ms: number): Promise<void> {
    for (const { key } of isSlackThere ? world.puts : []) {
      out.slack.set(key, { kind: 'confirmed', postedAt: out.clock.now() });
    }
    await out.turn(ms);
  }
  /** Whom each send went to, and what a mail said first. */
  const sent = () =>
    out.sends.map(({ content }) => {
      const to = content.kind === 'webhook' ? content.webhook : content.to.join();
      return [to, content.kind === 'email' ? content.mail.subject.replace(/^\[.*?\] /, '') : ''] as const;
    });
  return { world, tenSeconds, later, sent };
}

describe('500 alerts in ten seconds', () => {
  it('are one message and one mail a rule, and one at their end', async () => {
    const { world, tenSeconds, later, sent } = aWholeWay({ isSlackThere: true });
    await tenSeconds(95);
    await later(20 * SECOND);
    await world.observe(aDisk('host-0', 95));
    await later(60 * SECOND);
    expect(sent().map(([to]) => to)).toEqual(['oncall@acme.example']);
    const [group, ...others] = await world.alerts.open('all');
    expect([group?.alerts.length, others.length]).toEqual([COUNT, 0]);
    expect(Object.keys(world.shown())).toHaveLength(2);

    await tenSeconds(20);
    await later(60 * SECOND);
    expect(sent().map(([to]) => to)).toEqual(['oncall@acme.example', 'oncall@acme.example']);
    expect(sent()[1]?.[1]).toMatch(/^RESOLVED acme\/prod: disk on /);
    const lost = HOSTS.filter((host) => !JSON.stringify(world.puts).includes(`${host} `));
    expect(lost).toEqual([]);
  });

  it('are told to everybody when Slack is away: what began, and once all that joined it', async () => {
    const { world, tenSeconds, later, sent } = aWholeWay({ isSlackThere: false });
    await tenSeconds(95);
    await later(20 * SECOND);
    await world.observe(aDisk('host-0', 95));
    await later(31 * SECOND);
    await later(0);
    const everybody = ['oncall@acme.example', 'boss@acme.example', '+491701234567'].toSorted();
    expect(
      sent()
        .map(([to]) => to)
        .toSorted(),
    ).toEqual([...everybody, ...everybody].toSorted());
    const subjects = sent().flatMap(([, subject]) => (subject === '' ? [] : [subject]));
    expect(subjects.map((subject) => /on (\d+) hosts/.exec(subject)?.[1])).toEqual(['25', '25', '500', '500']);
  });
});
