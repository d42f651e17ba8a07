import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { answer, quiet, seen } from '../support/ask.ts';
import { type BotWorld, startBotWorld } from '../support/bot-world.ts';
import { until } from '../support/until.ts';

let world: BotWorld;

beforeAll(async () => {
  world = await startBotWorld({
    isStoreProxied: true,
    slack: { ackTimeoutMs: 3_000, eventRetryDelaysMs: [200, 1_000, 3_000] },
  });
});
afterEach(() => world.proxy?.restore());
afterAll(() => world.stop());

async function inboxOf(what: string): Promise<readonly { outcome: string | null; attempts: number }[]> {
  const { rows } = await world.database.query(
    'select outcome, attempts from inbox where payload like $1 or id like $1',
    [`%${what}%`],
  );
  return rows;
}

describe('a bot whose store is away', () => {
  it('says at once that nothing was done, to a command and to a button', async () => {
    const shown = await answer(world, ['alice', 'acme-ops'], '/msops status dev');
    world.proxy?.cut();
    const outcome = await world.human.say('alice', 'acme-ops', '/msops status prod');
    expect(outcome.ok).toBe(true);
    await world.human.click('bob', { channel: 'acme-ops', ts: shown.ts }, 'Check again');
    for (const as of ['alice', 'bob']) {
      const isTold = () => seen(world, as, 'acme-ops').at(-1)?.text.includes('Nothing was done');
      await until(`${as} to be told`, isTold);
      expect(seen(world, as, 'acme-ops').at(-1)?.isWhisper).toBe(true);
    }
    world.proxy?.restore();
    await quiet(world);
    expect(seen(world, 'alice', 'acme-ops').filter(({ text }) => text.includes('acme/prod'))).toEqual([]);
  });

  it('answers before Slack gives up when the store is only slow, and does nothing of it afterwards', async () => {
    world.proxy?.holdAnswers();
    const outcome = await world.human.say('carol', 'globex-ops', '/msops status prod');
    expect(outcome.ok).toBe(true);
    expect(seen(world, 'carol', 'globex-ops').at(-1)?.text).toContain('Nothing was done');
    world.proxy?.restore();
    await until('the refusal to be settled', async () => (await inboxOf('U0CAROL'))[0]?.outcome === 'failed');
    await quiet(world);
    expect(seen(world, 'carol', 'globex-ops')).toHaveLength(1);
  });

  it('takes an event when Slack brings it again', async () => {
    world.proxy?.cut();
    const first = await world.human.say('gus', 'globex-shared', '@msops hosts prod');
    expect(first.ok).toBe(false);
    world.proxy?.restore();
    const answered = () => seen(world, 'gus', 'globex-shared').filter(({ words }) => words.includes('3 hosts'));
    await until('the answer', () => answered().length);
    await quiet(world);
    expect(answered()).toHaveLength(1);
  });

  it('finishes what it was in the middle of when the store is back', async () => {
    const { host } = world.hosts.control;
    host('gw-1').hang();
    await world.human.say('alice', 'globex-ops', '/msops status prod gw-1');
    await until('the beginning, and that it is known where it was posted', async () => {
      const { rowCount } = await world.database.query(
        "select from outbox where key like '%GLOBEXOPS%' and posted_ts is not null and sent_version = wanted_version",
      );
      return rowCount;
    });
    world.proxy?.cut();
    host('gw-1').heal();
    await until('the work to be left unfinished', () =>
      world.log.some(({ message }) => message === 'Interaction left unfinished'),
    );
    world.proxy?.restore();
    const final = await until('the end', () =>
      seen(world, 'alice', 'globex-ops').find(({ text }) => text.includes('gw-1 is healthy')),
    );
    await quiet(world);
    expect(seen(world, 'alice', 'globex-ops').filter(({ text }) => text.includes('gw-1'))).toHaveLength(1);
    expect(final.isEdited).toBe(true);
  });
});
