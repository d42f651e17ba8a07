import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BotProcess } from '../../sandbox/bot-process.ts';
import type { ReceivedMail } from '../../sandbox/mail/mailbox.ts';
import type { SeenMessage } from '../../sandbox/slack/http/person-view.ts';
import { SIGNALS } from '../../src/domain/inventory.ts';
import { type Surroundings, startReplica, startSurroundings } from '../support/bot-world.ts';
import { until } from '../support/until.ts';

/** The real thing: a Slack that says nothing for a while, and refuses everything after that. */
const AWAY_MS = 300_000;
const SILENT_MS = 150_000;
/** What msops waits for an answer of Slack is less. */
const NEVER_MS = 12_000;
/** A check comes every 10 s, on a busy machine. */
const FOUND_MS = 60_000;
/** A message that could not be sent is tried once a minute at the latest. */
const CAUGHT_UP_MS = 120_000;
/** It asks for a connection every 30 s at the latest, and waits 10 s for the answer. */
const CONNECTED_MS = 50_000;

const ONCALL = 'oncall@meridian.example';
const PLATFORM = 'platform@acme.example';
const OURS = ['acme-ops', 'ops-all'] as const;
const CHANNELS = [...OURS, 'acme-shared'] as const;
const IDS = { 'acme-ops': 'C0ACMEOPS', 'ops-all': 'C0OPSALL', 'acme-shared': 'C0ACMESHARED' } as const;

let world: Surroundings;
let bot: BotProcess;

beforeAll(async () => {
  world = await startSurroundings({ isReached: true, configure: (config) => watchAcme(config as unknown as Config) });
  bot = await startReplica(world);
});
afterAll(async () => {
  await bot?.stop();
  await world?.stop();
});

interface Config {
  readonly customers: {
    readonly id: string;
    readonly environments: { readonly name: string; monitoring?: Record<string, unknown> }[];
  }[];
}

/** Production of Acme alone, and of it what is broken here. */
function watchAcme({ customers }: Config): void {
  for (const { id, environments } of customers) {
    const production = environments.find(({ name }) => name === 'prod')!;
    const never = { warning: '1h', critical: '1h', clear: '0s' };
    const atOnce = { warning: '1h', critical: '0s', clear: '0s' };
    const holds = Object.fromEntries(SIGNALS.map((signal) => [signal, never]));
    const told = { reachability: atOnce, application: atOnce, disk: atOnce };
    production.monitoring = {
      ...production.monitoring,
      ...(id === 'acme'
        ? { every: '10s', tell_customer: true, holds: { ...holds, ...told } }
        : { off: true, notices: [] }),
    };
  }
}

interface Incident {
  readonly id: string;
  readonly signal: string;
  readonly begunAt: string;
  readonly endedAt?: string;
}

/** All groups of alerts so far, oldest first, as the store has them. */
async function incidents(): Promise<readonly Incident[]> {
  const boards = await world.database.query<{ doc: string }>("select doc from alert_boards where customer = 'acme'");
  const ended = await world.database.query<{ doc: string }>("select doc from alert_groups where customer = 'acme'");
  const open = boards.rows.flatMap(({ doc }) => (JSON.parse(doc) as { groups: readonly Incident[] }).groups);
  const all = [...open, ...ended.rows.map(({ doc }) => JSON.parse(doc) as Incident)];
  return all.toSorted((one, other) => Date.parse(one.begunAt) - Date.parse(other.begunAt));
}

const open = async (signal: string) => (await incidents()).filter((one) => one.signal === signal && !one.endedAt);
const begins = (signal: string) => until(`${signal}`, async () => (await open(signal))[0], FOUND_MS);
const ends = (signal: string) => until(`the end of ${signal}`, async () => (await open(signal)).length === 0, FOUND_MS);

/** Messages about alerts, oldest first. */
function cards(channel: string): readonly SeenMessage[] {
  const { messages } = world.slack.seenBy('alice', channel);
  return messages.filter(({ author, text }) => author.isBot && /acme\/prod: /.test(text));
}

const mailsOf = (id: string, address: string): readonly ReceivedMail[] =>
  world.outward!.mailServer.mails().filter(({ to, subject }) => to.includes(address) && subject.includes(id));

const host = (name: string) => world.hosts.control.host(name);

/** What Slack was asked to do with messages since then. */
const writes = (since: number) =>
  world.slack.calls.filter(({ method, at }) => /^chat\.(?:post|update)/.test(method) && at >= since);

describe('Slack away for five minutes', { timeout: 2 * AWAY_MS }, () => {
  const times = { away: 0, back: 0 };
  const passed = (ms: number) => delay(Math.max(0, times.away + ms - Date.now()));

  it('is when hosts break and heal', async () => {
    host('is-1').refuse();
    await begins('reachability');
    await until('the alert before', () => CHANNELS.every((channel) => cards(channel).length === 1), FOUND_MS);
    await until('Slack to have confirmed it', async () => (await waitingDeliveries()) === 0, FOUND_MS);

    times.away = Date.now();
    world.slack.faults.push({ method: '*', delayMs: NEVER_MS, status: 503, times: 1e6 });
    host('is-2').refuse();
    host('apim-1').stopProduct();
    await begins('application');
    host('apim-1').heal();
    await ends('application');
    await passed(SILENT_MS - 30_000);
    // Asks for a connection, and is never answered.
    world.slack.faults.unshift({ method: 'apps.connections.open', delayMs: 2 * AWAY_MS, status: 503, times: 1e6 });
    world.slack.disconnect('drop');
    await passed(SILENT_MS);
    world.slack.faults.splice(0);
    world.slack.faults.push({ method: '*', status: 503, times: 1e6 });
    host('mi-1').fillDisk(97);
    await begins('disk');
    host('is-1').heal();
    host('is-2').heal();
    await ends('reachability');
    host('mi-1').heal();
    await ends('disk');
    await passed(AWAY_MS - 70_000);
    host('is-2').refuse();
    await begins('reachability');
    await passed(AWAY_MS);
    world.slack.faults.splice(0);
    times.back = Date.now();
    expect((await incidents()).map(({ signal }) => signal)).toEqual([
      'reachability',
      'application',
      'disk',
      'reachability',
    ]);
  });

  it('hears people again soon', async () => {
    await until('a connection', () => world.slack.connections() > 0, CONNECTED_MS);
    const goesOn = () => cards('acme-ops').find(({ text }) => text.includes('no answer from is-2: '));
    const card = await until('what goes on', goesOn, CAUGHT_UP_MS);
    const clicked = await world.human.click('alice', { channel: 'acme-ops', ts: card.ts }, 'Acknowledge');
    expect(clicked).toMatchObject({ ok: true });
    await until('it to be taken', () => cards('acme-ops').some(({ text }) => text.endsWith('(acknowledged)')), 30_000);
  });

  it('loses nothing: each alert is there afterwards, as it is now', async () => {
    const latest = [
      /^✅ acme\/prod: over after .*: reachability on (?:is-1, is-2|2 hosts: is-1, is-2|2 hosts: is-2, is-1)$/,
      /^✅ acme\/prod: over after .*: application health on apim-1$/,
      /^✅ acme\/prod: over after .*: disk on mi-1$/,
      /^🔴 acme\/prod: no answer from is-2: /,
    ];
    for (const channel of CHANNELS) {
      await until(`all alerts in ${channel}`, () => cards(channel).length === latest.length, CAUGHT_UP_MS);
      for (const words of latest) {
        const isShown = () => cards(channel).filter(({ text }) => words.test(text)).length === 1;
        await until(`${words} in ${channel}`, isShown, CAUGHT_UP_MS);
      }
    }
  });

  it('keeps the order of events in the thread of each alert', async () => {
    await until('all that was to be said', async () => (await unsent()) === 0, CAUGHT_UP_MS);
    for (const channel of CHANNELS) {
      const [first = [], application] = ['reachability on', 'application health on'].map((words) =>
        cards(channel)
          .find(({ text }) => text.includes(words))
          ?.replies.map(({ text }) => text),
      );
      expect(first[0]).toContain('New: `is-2`');
      expect(first.slice(1, -1).filter((text) => !text.startsWith('✅ Ended: '))).toEqual([]);
      expect(first.at(-1)).toContain('all over after');
      expect(application?.[0]).toContain('all over after');
    }
  });

  it('shows the gap in the threads of our people, and nowhere else', async () => {
    const gaps = (channel: string) =>
      cards(channel).filter(({ replies }) => replies.some(({ text }) => /Slack has this alert .* late/.test(text)));
    for (const channel of OURS) {
      await until(`the gaps in ${channel}`, () => gaps(channel).length === 3, CAUGHT_UP_MS);
      expect(JSON.stringify(gaps(channel))).toContain(ONCALL);
    }
    expect(gaps('acme-shared')).toEqual([]);
  });

  it('sends mails in time, once each, and their ends', async () => {
    const [before, ...during] = await incidents();
    const secondsAfter = (mail: ReceivedMail | undefined, { begunAt }: Incident) =>
      mail === undefined ? undefined : (mail.receivedAt.getTime() - Date.parse(begunAt)) / 1000;
    const [first, news, ...rest] = mailsOf(before!.id, ONCALL);
    expect([first?.text.includes('is-2'), secondsAfter(first, before!)! < 40]).toEqual([false, true]);
    const isNew = expect.objectContaining({ text: expect.stringMatching(/is-2[\s\S]*Slack had not confirmed/) });
    const isOver = expect.objectContaining({ subject: expect.stringContaining('RESOLVED') });
    expect([news, ...rest], 'what joins it').toEqual([isNew, isOver]);
    expect(mailsOf(before!.id, PLATFORM), 'Slack had taken its begin').toEqual([isNew, isOver]);
    for (const incident of during) {
      const kinds = incident.endedAt === undefined ? [false] : [false, true];
      for (const address of [ONCALL, PLATFORM]) {
        const mails = mailsOf(incident.id, address);
        expect(
          mails.map(({ subject }) => subject.includes('RESOLVED')),
          `${incident.signal} ${address}`,
        ).toEqual(kinds);
        expect(secondsAfter(mails[0], incident), `${incident.signal} ${address}`).toBeLessThan(45);
      }
    }
    const texts = world.outward!.aws.texts().map(({ text }) => text);
    for (const { id, signal } of during) {
      const begun = texts.filter((text) => text.includes(id) && !text.includes('RESOLVED'));
      expect(begun, `${signal}, to a phone`).toHaveLength(1);
    }
  });

  it('makes no storm: neither against a Slack that is away, nor when it is back', async () => {
    const during = writes(times.away).filter(({ at }) => at < times.back);
    expect(during.every(({ ok }) => !ok)).toBe(true);
    expect(during.length).toBeLessThan(150);
    const since = writes(times.back);
    expect(since.filter(({ ok }) => !ok)).toEqual([]);
    for (const channel of CHANNELS) {
      const posts = since.filter(({ method, args }) => method === 'chat.postMessage' && args.channel === IDS[channel]);
      const gaps = posts.slice(1).map(({ at }, index) => at - posts[index]!.at);
      // By the clock of the store; on the way one may be faster than another.
      expect(Math.min(...gaps), channel).toBeGreaterThan(500);
      expect(posts.at(-1)!.at - posts[0]!.at, channel).toBeGreaterThan((posts.length - 1) * 950);
      const shown = cards(channel).flatMap((card) => [card, ...card.replies]);
      expect(posts.length, 'each once').toBe(shown.length - 1);
    }
    expect(since.length - since.filter(({ method }) => method === 'chat.postMessage').length).toBeLessThan(40);
  });
});

async function unsent(): Promise<number> {
  const waiting = 'select 1 from outbox where wanted_version > sent_version and failed_at is null';
  return (await world.database.query(waiting)).rowCount ?? 0;
}

/** Beside those that look whether Slack is late. */
async function waitingDeliveries(): Promise<number> {
  const waiting = "select 1 from deliveries where state = 'waiting' and key not like '%:slack'";
  return (await world.database.query(waiting)).rowCount ?? 0;
}
