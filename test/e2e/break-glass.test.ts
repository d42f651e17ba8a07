import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, quiet, type Said, seen } from '../support/ask.ts';
import { type BotWorld, startBotWorld } from '../support/bot-world.ts';
import { until } from '../support/until.ts';

let world: BotWorld;

beforeAll(async () => {
  world = await startBotWorld();
});
afterAll(() => world.stop());

const newest = (as: string, channel: string, words: string): Said =>
  seen(world, as, channel).findLast((said) => said.words.includes(words))!;
const rollouts = async () =>
  (await world.database.query<{ doc: string }>('select doc from rollouts order by created_at')).rows.map(
    ({ doc }) => JSON.parse(doc) as { id: string; state: string },
  );

describe('break-glass', () => {
  it('wants a reason, and is refused where no policy allows it', async () => {
    const [short] = await ask(world, ['alice', 'acme-ops'], '/msops break-glass prod fire');
    expect(short).toMatchObject({ isWhisper: true });
    const [refused] = await ask(world, ['alice', 'globex-ops'], '/msops break-glass prod the gateway is down');
    expect(refused).toMatchObject({ isWhisper: true });
    expect(refused?.words).not.toContain('BREAK-GLASS');
    const [notTheirs] = await ask(world, ['carol', 'acme-ops'], '/msops break-glass prod the gateway is down');
    expect(notTheirs?.words).toContain('break_glass.use');
  });

  it('is told to everybody at once, and then a change starts without approval, which its card says', async () => {
    await ask(world, ['alice', 'acme-ops'], '/msops break-glass prod the gateway is down, CVE exploited');
    for (const [as, channel] of [
      ['bob', 'acme-ops'],
      ['carol', 'dm'],
      ['dana', 'acme-shared'],
    ] as const) {
      expect(newest(as, channel, 'BREAK-GLASS').words).toContain('the gateway is down, CVE exploited');
    }
    await ask(world, ['alice', 'acme-ops'], '/msops patch apply prod --hosts apim-1');
    await until('it to run', async () => (await rollouts())[0]?.state !== 'awaiting_approval', 20_000);
    expect(newest('bob', 'acme-ops', 'Details').words).toContain('Nobody approved this');
  });

  it('does not let others ride on it', async () => {
    await ask(world, ['bob', 'acme-ops'], '/msops patch apply prod --hosts mi-2');
    expect((await rollouts()).at(-1)).toMatchObject({ state: 'awaiting_approval' });
    expect(newest('bob', 'acme-ops', 'Must approve').words).toContain('1 approver of the operations team');
  });

  it('owes a review, which the person who used it cannot close', async () => {
    const { ts } = newest('carol', 'acme-ops', 'Review');
    await world.human.click('alice', { channel: 'acme-ops', ts }, 'Review');
    await quiet(world);
    expect(newest('alice', 'acme-ops', 'review').isWhisper).toBe(true);
    await world.human.click('carol', { channel: 'acme-ops', ts }, 'Review');
    await quiet(world);
    expect(
      await world.human.submit('carol', { note: 'The gateway was down indeed; the patch was due.' }),
    ).toMatchObject({
      ok: true,
    });
    await quiet(world);
    expect(newest('dana', 'acme-shared', 'works there without approval').words).toContain('Reviewed by Carol Mensah');
  });

  it('leaves nothing unforeseen in the log', () => {
    expect(world.log.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
