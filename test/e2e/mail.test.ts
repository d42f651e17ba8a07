import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type MailServer, startMailServer } from '../../sandbox/mail/mail-server.ts';
import type { SeenMessage } from '../../sandbox/slack/http/person-view.ts';
import { SIGNALS } from '../../src/domain/inventory.ts';
import { told } from '../support/ask.ts';
import { type BotWorld, startBotWorld } from '../support/bot-world.ts';
import { until } from '../support/until.ts';

const ALICE = ['alice', 'acme-ops'] as const;
const ONCALL = 'oncall@meridian.example';
const NIGHT = 'night@meridian.example';
/** Slack may take 30 s; a check comes every 10 s. */
const ARRIVES_MS = 60_000;
const TEST_MS = 4 * ARRIVES_MS;

let mail: MailServer;
let world: BotWorld;

beforeAll(async () => {
  mail = await startMailServer();
  world = await startBotWorld({
    configure: (config) => tellByMail(config as unknown as Config),
    settings: { MSOPS_SECRET_ACME_SMTP: mail.password },
  });
});
afterEach(async () => {
  world.slack.faults.splice(0);
  await mail.faults.heal();
});
afterAll(async () => {
  await world?.stop();
  await mail?.stop();
});

interface Config {
  readonly customers: {
    readonly id: string;
    receivers?: unknown;
    readonly environments: { readonly name: string; monitoring?: unknown }[];
  }[];
}

/** Acme's production alone, and of it only made-up alerts. One is told always, the other when Slack is late. */
function tellByMail({ customers }: Config): void {
  const acme = customers.find(({ id }) => id === 'acme')!;
  const production = acme.environments.find(({ name }) => name === 'prod')!;
  const { host, port, username, caFile } = mail;
  const smtp = { host, port, security: 'starttls', username, password: 'acme_smtp', ca_file: caFile };
  acme.receivers = { mail: { from: 'alerts@acme.example', gateways: [{ smtp }] } };
  const never = { warning: '1h', critical: '1h', clear: '0s' };
  production.monitoring = {
    ...{ every: '10s', tell_customer: true, holds: Object.fromEntries(SIGNALS.map((signal) => [signal, never])) },
    notices: [
      { email: [ONCALL, 'gone@meridian.example'], severities: ['critical'] },
      { email: [NIGHT], severities: ['critical'], when: 'slack_late' },
    ],
  };
}

const mailsTo = (address: string) => mail.mails().filter(({ to }) => to.includes(address));
const nextMail = (address: string, known: number) =>
  until(`mail ${known + 1} to ${address}`, () => mailsTo(address)[known], ARRIVES_MS);

/** The message of the newest test, and its thread. */
function newest(channel: string, as = 'alice'): SeenMessage | undefined {
  const isTest = ({ text, author }: SeenMessage) => author.isBot && text.includes('made-up alert shows');
  return world.slack.seenBy(as, channel).messages.findLast((message) => !message.isEphemeral && isTest(message));
}
const thread = (channel: string, as?: string) => JSON.stringify(newest(channel, as)?.replies ?? []);
const isOver = () => until('the end of the test', () => newest('acme-ops')?.text.includes('over after'), ARRIVES_MS);
const startTest = () => told(world, ALICE, '/msops alerts test prod');

describe('mails about alerts', { timeout: TEST_MS }, () => {
  it('go at once to those who are told always, and their end is in the same conversation', async () => {
    await startTest();
    const begun = await nextMail(ONCALL, 0);
    expect(begun.subject).toMatch(/^\[msops \w{8}\] TEST WARNING acme\/prod: nothing is wrong/);
    expect(begun.text).toContain(`Sent to ${ONCALL} and gone@meridian.example`);
    const over = await nextMail(ONCALL, 1);
    expect(over.subject).toMatch(/^\[msops \w{8}\] TEST RESOLVED acme\/prod/);
    expect(over.headers['in-reply-to']).toBe(begun.headers['message-id']);
    expect(over.headers['message-id']).not.toBe(begun.headers['message-id']);
    await isOver();
    expect(mailsTo(NIGHT)).toEqual([]);
  });

  it('name in the thread whom the server does not know, and only where our people read it', async () => {
    mail.faults.unknown.add('gone@meridian.example');
    const known = mailsTo(ONCALL).length;
    await startTest();
    await nextMail(ONCALL, known);
    await until('the trouble', () => /not for `gone@meridian.example`/.test(thread('acme-ops')), ARRIVES_MS);
    expect(thread('acme-ops')).toContain('User unknown');
    await isOver();
    expect(thread('acme-shared', 'dana')).not.toContain('gone@meridian.example');
  });

  it('go to everybody when Slack has not confirmed an alert in 30 s, and Slack hears of the gap', async () => {
    world.slack.faults.push({ method: 'chat.postMessage', status: 503, times: 1_000 });
    const startedAt = Date.now();
    // Nothing that is said in a channel arrives now, so nobody waits for it.
    await world.human.say(...ALICE, '/msops alerts test prod');
    const late = await nextMail(NIGHT, 0);
    expect(late.receivedAt.getTime() - startedAt).toBeGreaterThan(29_000);
    expect(late.text).toContain('because Slack had not confirmed it 30 seconds after it was found');
    const incident = /^\[msops (\w{8})\]/.exec(late.subject)?.[1];
    expect(mailsTo(ONCALL).at(-1)?.subject).toContain(incident);
    await nextMail(NIGHT, 1);
    // As if it had been away for longer.
    await world.database.query(
      "update deliveries set created_at = created_at - interval '5 minutes' where key like '%:slack'",
    );
    world.slack.faults.splice(0);
    await until('the gap', () => /Slack has this alert \d+ min late/.test(thread('acme-ops')), TEST_MS);
    expect(thread('acme-ops')).toContain(NIGHT);
    expect(thread('acme-shared', 'dana')).not.toContain(NIGHT);
    expect(mailsTo(NIGHT).map(({ subject }) => subject.includes('RESOLVED'))).toEqual([false, true]);
  });

  it('are sent later when the server is away, once, and say that they are late', async () => {
    await mail.faults.setDown(true);
    const known = mailsTo(ONCALL).length;
    await startTest();
    await isOver();
    const waiting = "select key from deliveries where state = 'waiting' and attempts > 0 and key like '%:begin:%'";
    await until('a try', async () => (await world.database.query(waiting)).rowCount === 1, ARRIVES_MS);
    await mail.faults.setDown(false);
    // As if it had been away for longer.
    await world.database.query(
      "update deliveries set created_at = created_at - interval '14 minutes', due_at = now() where state = 'waiting'",
    );
    const begun = await nextMail(ONCALL, known);
    expect(begun.text).toMatch(/^This mail is 1\d minutes late: mail could not be reached since /);
    const over = await nextMail(ONCALL, known + 1);
    expect(over.subject).toContain('RESOLVED');
    expect(mailsTo(ONCALL)).toHaveLength(known + 2);
    await until(
      'the word in the thread',
      () => /went out, 1\d min after it was due/.test(thread('acme-ops')),
      ARRIVES_MS,
    );
  });
});
