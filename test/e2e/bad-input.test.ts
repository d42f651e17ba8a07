import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answer, ask, quiet, seen } from '../support/ask.ts';
import { type BotWorld, startBotWorld } from '../support/bot-world.ts';
import { typedLine } from '../support/typed-text.ts';

const TRAP = '/tmp/owned';

let world: BotWorld;

beforeAll(async () => {
  world = await startBotWorld();
});
afterAll(() => world.stop());

/** Nothing was run, nothing is left over, nothing went wrong inside. */
async function expectUnharmed(): Promise<void> {
  await quiet(world);
  const { rows } = await world.database.query('select host from host_reports');
  expect(rows).toEqual([]);
  expect(existsSync(TRAP)).toBe(false);
  expect(world.log.filter(({ level }) => level === 'error')).toEqual([]);
}

describe('bad input', () => {
  it('typed after the command gets one answer in words, and nothing runs', async () => {
    const lines = fc.sample(typedLine, 90);
    const askers = ['erin', 'mallory', 'carol'] as const;
    const outcomes = await Promise.all(
      lines.map((line, index) => {
        // Those who may check hosts ask for one that is not there.
        const as = askers[index % 3] ?? 'erin';
        const text = as === 'carol' ? `/msops status prod nowhere-1 ${line}` : `/msops ${line}`;
        return world.human.say(as, 'acme-ops', text);
      }),
    );
    expect(outcomes.filter(({ ok }) => !ok)).toEqual([]);
    await expectUnharmed();
    for (const as of askers) {
      const said = seen(world, as, 'acme-ops');
      expect(said).toHaveLength(30);
      expect(said.every(({ text, isWhisper }) => text.length > 10 && isWhisper)).toBe(true);
    }
  });

  it.each([
    '; rm -rf /',
    `$(touch ${TRAP})`,
    `\`touch ${TRAP}\``,
    `apim-1'; touch ${TRAP} #`,
    `apim-1\ntouch ${TRAP}`,
    '<!channel> <@U0ALICE>',
    'x'.repeat(10_000),
  ])('as a name of a host, an environment or in a mention: %.30s', async (nasty) => {
    const at = ['alice', 'globex-ops'] as const;
    for (const line of [`status prod ${nasty}`, `hosts ${nasty}`, `connect ${nasty}`]) {
      const { text, words } = await answer(world, at, `/msops ${line}`);
      expect(text.length).toBeLessThan(1_500);
      expect(words).not.toMatch(/<[!@]/);
    }
    const [mentioned, ...others] = await ask(world, ['gus', 'globex-shared'], `@msops status prod ${nasty}`);
    expect(mentioned?.isWhisper).toBe(true);
    expect(others).toEqual([]);
    await expectUnharmed();
  });

  it('in a button gets a sentence', async () => {
    await world.human.openHome('alice');
    await quiet(world);
    const home = world.slack.world.homes.get('U0ALICE');
    const blocks = home?.definition.blocks as { accessory?: { value: string } }[];
    const buttons = blocks.flatMap(({ accessory }) => accessory ?? []);
    for (const value of ['', '../../etc']) {
      buttons[0]!.value = value;
      await world.human.click('alice', { home: true }, value || 'Check now');
    }
    await expectUnharmed();
    expect(seen(world, 'alice', 'dm')).toHaveLength(2);
  });

  it('leaves the bot well', async () => {
    expect((await answer(world, ['alice', 'acme-ops'], '/msops status dev')).text).toBe(
      '✅ acme/dev: dev-1 is healthy',
    );
  });
});
