import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import type { BotProcess } from '../../sandbox/bot-process.ts';
import type { SeenMessage } from '../../sandbox/slack/http/person-view.ts';
import { SIGNALS } from '../../src/domain/inventory.ts';
import { seen, told } from '../support/ask.ts';
import { type Surroundings, startReplica, startSurroundings } from '../support/bot-world.ts';
import { until } from '../support/until.ts';

const ALICE = ['alice', 'acme-ops'] as const;
/** The shortest that the configuration takes; a check of a frozen host takes as long again. */
const EVERY = '10s';
/** From something that breaks to what is said of it, on a busy machine; the lead of a killed bot runs out meanwhile. */
const TOLD_MS = 120_000;
const TEST_MS = 2 * TOLD_MS;

let world: Surroundings;
let bot: BotProcess;

beforeAll(async () => {
  world = await startSurroundings();
  watchAcme(world.configFile);
  bot = await startReplica(world, 'first');
});
afterEach(() => {
  world.slack.faults.splice(0);
});
afterAll(async () => {
  await bot?.stop();
  await world?.stop();
});

/** Production of Acme alone, and of it whether hosts can be reached: what else they have is not looked at here. */
function watchAcme(file: string): void {
  const config = parse(readFileSync(file, 'utf8'));
  const never = { warning: '1h', critical: '1h', clear: '0s' };
  const holds = {
    ...Object.fromEntries(SIGNALS.map((signal) => [signal, never])),
    access_path: { warning: '0s', critical: '0s', clear: '0s' },
    // Longer than a round: hosts behind a bastion that is down wait until it is blamed.
    reachability: { warning: '14s', critical: '14s', clear: '0s' },
  };
  const acme = config.customers.find(({ id }: { id: string }) => id === 'acme');
  const production = acme.environments.find(({ name }: { name: string }) => name === 'prod');
  production.monitoring = { every: EVERY, tell_customer: true, holds };
  writeFileSync(file, stringify(config, { aliasDuplicateObjects: false }));
}

/** Messages about alerts, oldest first; not what is in their threads. */
function alertsIn(channel: string, as = 'alice'): readonly SeenMessage[] {
  const { messages } = world.slack.seenBy(as, channel);
  const isAlert = ({ text }: SeenMessage) => /no answer from|no way in|: over after|nobody is told/.test(text);
  return messages.filter((message) => message.author.isBot && !message.isEphemeral && isAlert(message));
}

function newest(channel: string, as?: string): SeenMessage | undefined {
  return alertsIn(channel, as).at(-1);
}

const becomes = (words: RegExp, channel = 'acme-ops') =>
  until(`an alert in ${channel} that says ${words}`, () => words.test(newest(channel)?.text ?? ''), TOLD_MS);

const shown = (message: SeenMessage | undefined): string => JSON.stringify(message?.blocks ?? []);

interface BoardAlert {
  readonly host: string;
  readonly signal: string;
  readonly state: string;
  readonly suppressed?: { readonly text: string };
}

/** What the store knows of the way to a host. */
async function stateOf(host: string): Promise<BoardAlert | undefined> {
  const { rows } = await world.database.query<{ doc: string }>("select doc from alert_boards where customer = 'acme'");
  const { alerts = [] } = JSON.parse(rows[0]?.doc ?? '{}') as { alerts?: readonly BoardAlert[] };
  return alerts.find((alert) => alert.host === host && alert.signal === 'reachability');
}

const isHeldBack = (host: string, why: RegExp) =>
  until(
    `${host} to fire and to be held back by ${why}`,
    async () => {
      const alert = await stateOf(host);
      return alert?.state === 'firing' && why.test(alert.suppressed?.text ?? '');
    },
    TOLD_MS,
  );

describe('alerts', { timeout: TEST_MS }, () => {
  it('tell of a frozen host once, in the channels of its customer alone', async () => {
    world.hosts.control.host('is-1').hang();
    await becomes(/^🔴 acme\/prod: no answer from is-1: /);
    await until('the other channels', () => newest('acme-shared') && newest('ops-all'), TOLD_MS);
    for (const channel of ['acme-ops', 'ops-all', 'acme-shared']) {
      expect(alertsIn(channel)).toHaveLength(1);
    }
    for (const channel of ['globex-ops', 'initech-ops', 'globex-shared']) {
      expect(seen(world, 'alice', channel)).toEqual([]);
    }
    expect(shown(newest('acme-ops'))).toMatch(/"Acknowledge".*"Silence".*"Details"/);
    expect(shown(newest('acme-shared', 'dana'))).not.toContain('action_id":"alert');
  });

  it('edit the message when a second host breaks, and tell the thread', async () => {
    const { ts } = newest('acme-ops')!;
    world.hosts.control.host('is-2').refuse();
    await becomes(/no answer from 2 hosts: is-1, is-2: /);
    expect(alertsIn('acme-ops').map((message) => message.ts)).toEqual([ts]);
    await until('the thread', () => newest('acme-ops')?.replies.some(({ text }) => /New: `is-2`/.test(text)), TOLD_MS);
  });

  it('are acknowledged by one of ours, whom the customer does not read of', async () => {
    const { ts } = newest('acme-ops')!;
    expect(await world.human.click('bob', { channel: 'acme-ops', ts }, 'Acknowledge')).toMatchObject({ ok: true });
    await becomes(/\(acknowledged\)$/);
    expect(shown(newest('acme-ops'))).toContain('Acknowledged by *Bob Tanaka*');
    await becomes(/\(acknowledged\)$/, 'acme-shared');
    expect(JSON.stringify(world.slack.seenBy('dana', 'acme-shared').messages)).not.toContain('Bob Tanaka');
  });

  it('go on with the same message after the bot was killed', async () => {
    const { ts } = newest('acme-ops')!;
    process.kill(bot.pid, 'SIGKILL');
    await bot.ended;
    bot = await startReplica(world, 'second');
    world.hosts.control.host('is-2').heal();
    await becomes(/no answer from is-1: /);
    expect(alertsIn('acme-ops').map((message) => message.ts)).toEqual([ts]);
  });

  it('end in green when all is well, and say how long it took', async () => {
    world.hosts.control.host('is-1').heal();
    await becomes(/^✅ acme\/prod: over after \d+ (s|min): reachability/);
    expect(alertsIn('acme-ops')).toHaveLength(1);
    expect(shown(newest('acme-ops'))).not.toMatch(/"Acknowledge"|"Silence"/);
    const { ts } = newest('acme-ops')!;
    expect(await world.human.click('erin', { channel: 'acme-ops', ts }, 'Details')).toMatchObject({ ok: true });
    const details = await until('the details', () => world.slack.seenBy('erin', 'acme-ops').modal);
    expect(JSON.stringify(details.view)).toMatch(/"Alert [a-z2-9]{8}".*over after/);
    await world.human.close('erin');
  });

  it('blame a bastion that is down once, and no host behind it', async () => {
    const before = alertsIn('acme-ops').length;
    await world.hosts.control.bastion('acme-bastion').stop();
    await becomes(/^🔴 acme\/prod: no way in through acme-bastion: /);
    await isHeldBack('mi-1', /acme-bastion is down/);
    expect(alertsIn('acme-ops')).toHaveLength(before + 1);
    await world.hosts.control.bastion('acme-bastion').heal();
    await becomes(/^✅ acme\/prod: over after/);
    expect(alertsIn('acme-ops')).toHaveLength(before + 1);
  });

  it('say nothing of a host that is silenced, until the silence is ended', async () => {
    const before = alertsIn('acme-ops').length;
    const silenced = await told(world, ALICE, '/msops silence prod --host mi-1 --for 1h moving racks');
    expect(silenced.words).toContain('every alert on mi-1 of acme/prod');
    world.hosts.control.host('mi-1').refuse();
    await isHeldBack('mi-1', /^silenced by Alice Moreau/);
    expect(alertsIn('acme-ops')).toHaveLength(before);
    const listed = await told(world, ['bob', 'acme-ops'], '/msops alerts prod');
    expect(listed.words).toContain('Silenced by Alice Moreau');
    expect(await world.human.click('bob', { channel: 'acme-ops', ts: listed.ts }, 'End')).toMatchObject({ ok: true });
    await becomes(/no answer from mi-1: /);
    world.hosts.control.host('mi-1').heal();
    await becomes(/: over after/);
  });

  it('say nothing of a host that a rollout works on', async () => {
    const before = alertsIn('acme-ops').length;
    await world.database.query(
      "insert into maintenances values ('acme', 'prod', 'apim-1', '7kq2m9xd', 'patching', now() + interval '1 hour')",
    );
    world.hosts.control.host('apim-1').refuse();
    await isHeldBack('apim-1', /^maintenance of rollout 7kq2m9xd/);
    expect(alertsIn('acme-ops')).toHaveLength(before);
    world.hosts.control.host('apim-1').heal();
    await until('it to be well', async () => (await stateOf('apim-1')) === undefined, TOLD_MS);
    await world.database.query("delete from maintenances where owner = '7kq2m9xd'");
  });

  it('lose nothing and make no storm when Slack says that it is too much', async () => {
    const before = alertsIn('acme-ops').length;
    for (const method of ['chat.postMessage', 'chat.update']) {
      world.slack.faults.push({ method, channel: 'C0ACMEOPS', status: 429, retryAfter: 3, times: 2 });
    }
    for (const name of ['apim-2', 'is-1', 'is-2']) {
      world.hosts.control.host(name).refuse();
    }
    await becomes(/no answer from 3 hosts: apim-2, is-1, is-2: /);
    for (const name of ['apim-2', 'is-1', 'is-2']) {
      world.hosts.control.host(name).heal();
    }
    await becomes(/: over after/);
    expect(alertsIn('acme-ops')).toHaveLength(before + 1);
    expect(alertsIn('ops-all')).toHaveLength(before + 1);
    const lastWord = () => newest('acme-ops')?.replies.at(-1)?.text ?? '';
    await until('the end in the thread', () => lastWord().includes('all over after'), TOLD_MS);
  });

  it('tell those who ask what is open, and why something is not watched', async () => {
    const open = await told(world, ALICE, '/msops alerts prod');
    expect(open.text).toBe('✅ No alert is open');
    expect(open.words).toMatch(/acme\/prod: last check \d+ s ago/);
    const unwatched = await told(world, ALICE, '/msops alerts dev');
    expect(unwatched.words).toContain('/msops status acme/dev checks it once, now.');
  });

  it('can be tried out', async () => {
    await told(world, ALICE, '/msops alerts test prod');
    const isTest = ({ text }: { text: string }) => text.includes('🧪 Test, nothing is wrong: acme/prod');
    const found = () => seen(world, ...ALICE).find(isTest);
    await until('the test', found, TOLD_MS);
    await until('its end', () => found()?.text.startsWith('✅'), TOLD_MS);
  });
});
