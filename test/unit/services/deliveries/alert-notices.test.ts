import { describe, expect, it } from 'vitest';
import type { Customer } from '../../../../src/domain/inventory.ts';
import type { NoticeRule } from '../../../../src/domain/receivers.ts';
import type { AlertGroup } from '../../../../src/services/alerts/alert.ts';
import type { AlertCard } from '../../../../src/services/alerts/ports.ts';
import { createAlertNotices } from '../../../../src/services/deliveries/alert-notices.ts';
import type { SlackWatch } from '../../../../src/services/deliveries/dispatch-ports.ts';
import { noticeWords } from '../../../../src/views/mail/notice-words.ts';
import { NOW } from '../../../support/builders.ts';
import { createFixedClock } from '../../../support/fixed-clock.ts';
import { aWatched } from '../../services/alerts/alert-world.ts';
import { aGroup, anAlert } from '../../views/alert-builders.ts';
import { createMemoryDeliveryRows } from './memory-delivery-rows.ts';

const OPS: AlertCard = { key: 'alert:7kq2m9xd:C0OPS', channelId: 'C0OPS', kind: 'ops' };
const SHARED: AlertCard = { key: 'alert:7kq2m9xd:C0SHARED', channelId: 'C0SHARED', kind: 'shared' };
const MAIL: NoticeRule = {
  ...{ kind: 'email', to: ['oncall@acme.example'], severities: ['critical'], when: 'always', owner: 'operations' },
};
const PHONE: NoticeRule = { ...MAIL, kind: 'sms', to: ['+491701234567'], when: 'slack_late' };

function setUp(notices: readonly NoticeRule[], linkTo = async () => 'https://slack.test/a') {
  const clock = createFixedClock();
  const rows = createMemoryDeliveryRows(clock);
  const watches: SlackWatch[] = [];
  const environment = aWatched(['mi-2']);
  const customer: Customer = {
    ...{ id: 'acme', name: 'Acme Bank', channels: [{ channelId: 'C0OPS', kind: 'ops' }] },
    environments: [{ ...environment, monitoring: { ...environment.monitoring!, notices } }],
  };
  const deliveries = { ...rows, watch: async (watch: SlackWatch) => void watches.push(watch) };
  const notice = createAlertNotices({
    ...{ deliveries, clock, words: noticeWords, links: { linkTo }, customers: () => [customer] },
  });
  return {
    watches,
    tell: (group: Partial<AlertGroup> = {}, cards: readonly AlertCard[] = [OPS, SHARED]) =>
      notice.tell({ group: aGroup({ begunAt: NOW, drawnAt: NOW, alerts: [anAlert('mi-2')], ...group }) }, cards),
    put: async () => (await rows.ofIncident('7kq2m9xd')).map(({ delivery }) => delivery),
  };
}

describe('alert notices', () => {
  it('put what goes out at once, and what waits 30 s for Slack', async () => {
    const { tell, put } = setUp([MAIL, PHONE]);
    await tell();
    expect(await put()).toMatchObject([
      { incident: '7kq2m9xd', customer: 'acme', environment: 'prod', dueAt: NOW, unlessInSlack: undefined },
      { dueAt: new Date(NOW.getTime() + 30_000), unlessInSlack: [OPS.key, SHARED.key], content: { kind: 'sms' } },
    ]);
  });

  it('make each delivery once, and the same one when they are called again', async () => {
    const { tell, put } = setUp([MAIL, PHONE]);
    await tell();
    await tell();
    expect(await put()).toHaveLength(2);
  });

  it('tell of troubles in the channels of our people alone', async () => {
    const { tell, put } = setUp([MAIL]);
    await tell();
    expect((await put())[0]?.troubleThreads).toEqual([{ channelId: 'C0OPS', threadOf: OPS.key }]);
    const theirs = setUp([{ ...MAIL, owner: 'customer' }]);
    await theirs.tell({ owner: 'customer' }, [SHARED]);
    expect((await theirs.put())[0]?.troubleThreads).toEqual([{ channelId: 'C0OPS' }]);
  });

  it('name the runbook of the alert itself before that of the configuration, as Slack does', async () => {
    const { tell, put } = setUp([MAIL]);
    await tell({ signal: 'disk', alerts: [anAlert('mi-2', { links: { runbook: 'https://wiki.acme.example/r' } })] });
    const words = JSON.stringify(await put());
    expect(words).toContain('https://wiki.acme.example/r');
    expect(words).not.toContain('https://wiki.test/disk');
  });

  it('do not wait for a Slack in which nothing is shown', async () => {
    const { tell, put } = setUp([PHONE]);
    await tell({}, []);
    expect(await put()).toMatchObject([{ dueAt: NOW, unlessInSlack: undefined }]);
  });

  it('send no secret that a host has said', async () => {
    const { tell, put } = setUp([MAIL]);
    await tell({ alerts: [anAlert('mi-2', { text: 'login failed: password=hunter2' })] });
    expect(JSON.stringify(await put())).toContain('login failed');
    expect(JSON.stringify(await put())).not.toContain('hunter2');
  });

  it('look after the messages of our people, so that a gap is told, whoever else is told', async () => {
    const { tell, watches } = setUp([]);
    await tell();
    expect(watches).toEqual([
      {
        ...{ key: 'alert:7kq2m9xd:begin:slack', incident: '7kq2m9xd', customer: 'acme', environment: 'prod' },
        messages: [{ key: OPS.key, channelId: 'C0OPS', threadOf: OPS.key }],
      },
    ]);
  });

  it('wait 2 s at most for the link to a message', async () => {
    const { tell, put } = setUp([MAIL], () => new Promise<string>(() => {}));
    await tell();
    expect(JSON.stringify(await put())).not.toContain('In Slack:');
    const linked = setUp([MAIL]);
    await linked.tell();
    expect(JSON.stringify(await linked.put())).toContain('In Slack: https://slack.test/a');
  });

  it('tell nobody of a customer who is not there any more', async () => {
    const { tell, put } = setUp([MAIL]);
    await tell({ customer: 'globex' });
    expect(await put()).toEqual([]);
  });
});
