import { describe, expect, it } from 'vitest';
import type { CarrierResult } from '../../../../src/services/deliveries/delivery.ts';
import { NOW } from '../../../support/builders.ts';
import { until } from '../../../support/until.ts';
import { aDelay, aDelivery, aRefusal, SENT } from './delivery-builders.ts';
import { ACME, CARD, MINUTE, setUp } from './delivery-world.ts';

describe('delivery dispatcher', () => {
  it('sends what is due, under its key, for its customer, and says nothing of it', async () => {
    const { put, turn, state, sends, puts } = setUp();
    await put();
    await turn();
    expect(sends).toMatchObject([
      { envelope: { key: aDelivery().key, incident: '7kq2m9xd', customer: { id: 'acme' } } },
    ]);
    expect(sends[0]?.content).toEqual(aDelivery().content);
    expect(await state()).toBe('sent');
    expect(puts).toEqual([]);
  });

  it('sends nothing that Slack has confirmed', async () => {
    const { put, turn, state, sends, slack } = setUp();
    slack.set(CARD, { kind: 'confirmed', postedAt: NOW });
    await put({ unlessInSlack: [CARD] });
    await turn();
    expect(sends).toEqual([]);
    expect(await state()).toBe('not_needed');
  });

  it('tries later what nobody took, and says in the thread after 10 minutes that it is not out', async () => {
    const { put, turn, sends, answers, said, puts } = setUp();
    answers.push(aDelay());
    await put();
    await turn();
    for (const minutes of [1, 2, 5]) {
      await turn(minutes * MINUTE - 1);
      await turn(1);
    }
    expect(sends).toHaveLength(4);
    expect(said()).toEqual([]);
    await turn(2 * MINUTE);
    expect(said()).toEqual(['⏳ E-mail to `oncall@acme.example` is not out yet, 10 min after it was due.']);
    expect(puts[0]?.to).toEqual({ kind: 'channel', channelId: 'C0OPS', threadOf: CARD });
    answers.splice(0, 1, SENT);
    await turn(15 * MINUTE);
    expect(said().at(-1)).toBe('✅ E-mail to `oncall@acme.example` went out, 25 min after it was due.');
    expect(new Set(puts.map(({ key }) => key)).size).toBe(1);
  });

  it('says at once that a mail was refused, why, and what to do', async () => {
    const { put, turn, state, answers, puts } = setUp();
    answers.push(aRefusal('SMTP mail.acme.example:587 refused the login (535). Check the secret acme_smtp.', 'auth'));
    await put();
    await turn();
    expect(await state()).toBe('refused');
    expect(puts).toHaveLength(1);
    expect(JSON.stringify(puts[0]?.message)).toMatch(/was not sent.*Check the secret acme_smtp.*another way/);
  });

  it('tries a refused alert again until Slack has it', async () => {
    const { put, turn, state, answers, sends, slack, said } = setUp();
    answers.push(aRefusal());
    slack.set(CARD, { kind: 'waiting' });
    await put({ unlessInSlack: [CARD] });
    await turn();
    await turn(5 * MINUTE);
    expect(sends).toHaveLength(2);
    slack.set(CARD, { kind: 'confirmed', postedAt: NOW });
    await turn(5 * MINUTE);
    expect(sends).toHaveLength(2);
    expect(await state()).toBe('not_needed');
    expect(said().at(-1)).toMatch(/^✅ .* is needed no more: Slack has the alert/);
  });

  it('says in the first lines of a mail how late it is, and why', async () => {
    const { put, turn, answers, sends, slack } = setUp();
    answers.push(aDelay(), SENT);
    slack.set(CARD, { kind: 'waiting' });
    await put({ unlessInSlack: [CARD], dueAt: new Date(NOW.getTime() + 30_000) });
    await turn(30_000);
    expect(sends[0]?.content).toEqual(aDelivery().content);
    await turn(14 * MINUTE - 30_000);
    const { content } = sends[1]!;
    const sentence = 'This mail is 14 minutes late: neither Slack nor mail could be reached since 03:00 UTC.';
    expect(content.kind === 'email' && content.mail.text).toBe(`${sentence}\n\nDisk is full.`);
    expect(content.kind === 'email' && content.mail.html).toMatch(new RegExp(`^<p .*${sentence}.*<p>Disk`));
  });

  it('tells of recipients that were rejected though the mail was taken', async () => {
    const { put, turn, state, answers, puts } = setUp();
    const rejected = [{ recipient: 'nobody@acme.example', reason: '550 5.1.1 User unknown' }];
    answers.push({ ...SENT, rejected } as CarrierResult);
    await put();
    await turn();
    expect(await state()).toBe('sent');
    expect(JSON.stringify(puts[0]?.message)).toMatch(/not for `nobody@acme.example`.*550 5.1.1 User unknown/);
  });

  it('tells once a day that a gateway is passed over, not with each mail', async () => {
    const { put, turn, answers, puts, slack, clock } = setUp();
    const passedOver = ['SMTP mail.acme.example:587 did not answer within 10 s.'];
    answers.push({ ...SENT, passedOver } as CarrierResult);
    await put({ key: 'a' });
    await turn();
    slack.set(puts[0]?.key ?? '', { kind: 'confirmed' });
    await put({ key: 'b' });
    await turn();
    expect(puts).toHaveLength(1);
    clock.advance(24 * 60 * MINUTE);
    await put({ key: 'c' });
    await turn();
    expect(new Set(puts.map(({ key }) => key)).size).toBe(2);
  });

  it('sends nothing twice because of what could not be said of it', async () => {
    const outbox = { put: () => Promise.reject(new Error('the store is away')) };
    const { put, turn, answers, sends, state } = setUp({ outbox });
    answers.push({ ...SENT, rejected: [{ recipient: 'nobody@acme.example', reason: 'unknown' }] } as CarrierResult);
    await put();
    await turn();
    await turn(2 * MINUTE);
    expect(sends).toHaveLength(1);
    expect(await state()).toBe('sent');
  });

  it('tries again what was refused when nobody could be told so', async () => {
    const outbox = { put: () => Promise.reject(new Error('the store is away')) };
    const { put, turn, answers, state } = setUp({ outbox });
    answers.push(aRefusal());
    await put();
    await turn();
    expect(await state()).toBe('waiting');
  });

  it.each([
    ['no gateway', { customers: () => [{ ...ACME, receivers: undefined }] }, 'has no mail gateway'],
    ['no place in the configuration', { customers: () => [] }, 'is not in msops.yml any more'],
  ])('puts into words that a customer has %s', async (_, given, words) => {
    const { put, turn, state, sends, puts } = setUp(given);
    await put();
    await turn();
    expect(sends).toEqual([]);
    expect(await state()).toBe('refused');
    expect(JSON.stringify(puts)).toContain(words);
  });

  it('tries again after a carrier that failed, and shows nothing of the error', async () => {
    const { put, turn, state, answers, puts, logger } = setUp();
    answers.push(new Error('password=hunter2'));
    await put();
    await turn();
    expect(await state()).toBe('waiting');
    expect(JSON.stringify(puts)).not.toContain('hunter2');
    expect(logger.lines).toContainEqual(expect.objectContaining({ level: 'error', message: 'Carrier failed' }));
  });

  it('tells the end only after the begin went out', async () => {
    const { rows, turn, answers, sends } = setUp();
    answers.push(aDelay(), SENT);
    await rows.put(aDelivery({ key: 'begin' }));
    await rows.put(aDelivery({ key: 'end', after: ['begin'] }));
    await turn();
    await turn(5_000);
    expect(sends.map(({ envelope }) => envelope.key)).toEqual(['begin']);
    await turn(MINUTE);
    await turn(5_000);
    expect(sends.map(({ envelope }) => envelope.key)).toEqual(['begin', 'begin', 'end']);
  });

  it('goes on by itself until it is stopped, and finishes what it has begun', async () => {
    const { put, sends, dispatcher } = setUp({
      clock: { now: () => NOW, sleep: () => new Promise((go) => setTimeout(go, 5)) },
    });
    dispatcher.start();
    await put();
    await until('the mail', () => sends.length === 1);
    await dispatcher.stop();
    await put({ key: 'late' });
    expect(sends).toHaveLength(1);
  });
});

describe('a watch', () => {
  const WATCH = {
    ...{ key: 'w', incident: '7kq2m9xd', customer: 'acme', environment: 'prod' },
    messages: [{ key: CARD, channelId: 'C0OPS', threadOf: CARD }],
  };

  it('tells the thread once how late Slack was, and who had been told by then', async () => {
    const { rows, put, turn, slack, puts } = setUp();
    slack.set(CARD, { kind: 'waiting' });
    await rows.watch(WATCH);
    await put({ dueAt: new Date(NOW.getTime() + 30_000) });
    await turn(30_000);
    await turn(5 * MINUTE);
    expect(puts).toEqual([]);
    slack.set(CARD, { kind: 'confirmed', postedAt: new Date(NOW.getTime() + 5 * MINUTE) });
    await turn(MINUTE);
    await turn(MINUTE);
    expect(puts).toHaveLength(1);
    expect(puts[0]).toMatchObject({ key: `${CARD}:gap`, to: { channelId: 'C0OPS', threadOf: CARD } });
    expect(puts[0]?.message.text).toMatch(/Slack has this alert 5 min late/);
    expect(JSON.stringify(puts[0]?.message)).toMatch(
      /E-mail to `oncall@acme.example`.*by `SMTP mail.acme.example:587`/,
    );
  });

  it('says nothing when Slack was in time', async () => {
    const { rows, turn, slack, puts } = setUp();
    slack.set(CARD, { kind: 'confirmed', postedAt: new Date(NOW.getTime() + 2_000) });
    await rows.watch(WATCH);
    await turn(MINUTE);
    await turn(MINUTE);
    expect(puts).toEqual([]);
  });
});
