import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { topModal } from '../../sandbox/slack/world/modals.ts';
import type { StoredMessage } from '../../sandbox/slack/world/model.ts';
import { ask, quiet, seen } from '../support/ask.ts';
import { type BotWorld, startBotWorld } from '../support/bot-world.ts';
import { createRolloutTalk, type RolloutTalk } from '../support/rollout-talk.ts';

const TRAP = '/tmp/owned';
const ALICE = ['alice', 'globex-ops'] as const;
const CAROL = ['carol', 'globex-ops'] as const;
const SHARED = 'globex-shared';

let world: BotWorld;
let talk: RolloutTalk;
/** Of globex, asked for in the channel that gus reads too; and of acme, which he must not hear of. */
let id: string;
let foreign: string;

beforeAll(async () => {
  world = await startBotWorld();
  talk = createRolloutTalk(world);
  id = await talk.request(['alice', SHARED], '@msops patch apply prod --hosts db-proxy-1');
  foreign = await talk.request(['alice', 'acme-ops'], '/msops patch apply prod --hosts mi-2');
});
afterAll(() => world.stop());

/** Nothing was asked for, decided or run beside what was there before, and nothing went wrong inside. */
async function expectUnharmed(): Promise<void> {
  await quiet(world);
  const { rows } = await world.database.query<{ status: string }>('select status from approvals');
  expect(rows.map(({ status }) => status)).toEqual(['pending', 'pending']);
  expect([(await talk.find(id))?.control.wish, (await talk.find(foreign))?.control.wish]).toEqual(['run', 'run']);
  expect((await world.database.query('select from break_glass')).rowCount).toBe(0);
  expect(existsSync(TRAP)).toBe(false);
  expect(world.log.filter(({ level }) => level === 'error')).toEqual([]);
}

const NASTY = [
  '; rm -rf /',
  `$(touch ${TRAP})`,
  `\`touch ${TRAP}\``,
  `x'; touch ${TRAP} #`,
  `x\ntouch ${TRAP}`,
  '../../etc/passwd',
  '<!channel> <@U0ALICE>',
  '-1',
  'x'.repeat(10_000),
];

describe('bad input', () => {
  it.each(NASTY.map((nasty) => [JSON.stringify(nasty).slice(0, 30), nasty]))(
    'in a command about changes gets a sentence to the asker: %s',
    async (_shown, nasty) => {
      const lines = [
        `patch plan ${nasty}`,
        `patch plan prod --hosts ${nasty}`,
        `patch plan prod --product mi --level ${nasty}`,
        `patch auto ${nasty} --enable`,
        `patch apply ${nasty}`,
        `patch apply prod --hosts ${nasty}`,
        `patch apply prod --product ${nasty} --level 1`,
        `patch apply prod --product apim --level ${nasty}`,
        `patch apply prod --hosts db-proxy-1 --at ${nasty}`,
        `patch undo ${nasty}`,
        `rollout ${nasty}`,
        `rollouts ${nasty}`,
        `break-glass ${nasty}`,
      ];
      for (const line of lines) {
        const said = await ask(world, ALICE, `/msops ${line}`);
        expect(said.at(-1)?.isWhisper, line).toBe(true);
        expect(said.at(-1)?.text.length, line).toBeLessThan(1_500);
        expect(said.map(({ words }) => words).join('\n'), line).not.toMatch(/<[!@]/);
      }
      const [mute] = await ask(world, CAROL, `/msops unlock ${nasty}`);
      expect(mute?.isWhisper).toBe(true);
      await expectUnharmed();
    },
  );

  it.each([
    ['patch apply prod --security --product apim --level 2', 'not about a product'],
    ['patch apply prod --product apim', '--level N'],
    ['patch apply prod --level 2', '--product NAME'],
    ['patch apply prod --at "the day after"', 'sun 02:00'],
    [`patch apply prod --reason ${'x'.repeat(501)}`, '500 characters'],
    ['patch undo', 'Which rollout?'],
    ['patch undo one two', 'One rollout at a time'],
    ['rollout', 'Which rollout?'],
    ['rollout abcdefgh', 'I know no such rollout here'],
    ['rollouts prod dev', 'One environment at a time'],
    ['break-glass prod', 'Say why'],
    ['break-glass', 'Which environment'],
  ])('such as %s is explained', async (line, told) => {
    const [said] = await ask(world, ALICE, `/msops ${line}`);
    expect(said).toMatchObject({ isWhisper: true, words: expect.stringContaining(told) });
    await expectUnharmed();
  });
});

describe('a forged button', () => {
  const cardIn = async (channel: string): Promise<StoredMessage> => {
    const { ts } = await talk.card(id, ['alice', channel]);
    return world.slack.world.messages.find((message) => message.ts === ts)!;
  };
  const buttonsOf = (message: StoredMessage) =>
    (message.blocks as { elements?: { value?: string; text?: { text?: string } }[] }[]).flatMap(
      ({ elements = [] }) => elements,
    );

  /** What somebody hears who clicks it with another value; the card is put right again. */
  async function press(as: string, label: string, value: string): Promise<string> {
    const message = await cardIn(SHARED);
    const button = buttonsOf(message).find(({ text }) => text?.text === label)!;
    const before = button.value;
    button.value = value;
    const whispers = () => seen(world, as, SHARED).filter(({ isWhisper }) => isWhisper);
    const heard = whispers().length;
    expect(await world.human.click(as, { channel: SHARED, ts: message.ts }, label)).toMatchObject({ ok: true });
    await quiet(world);
    button.value = before ?? '';
    expect(whispers().length, `${label} with ${value}`).toBe(heard + 1);
    return whispers().at(-1)!.words;
  }

  it.each(['Approve', 'Reject', 'Details', 'Take back'])('%s tells gus nothing of acme', async (label) => {
    const isApproval = label === 'Approve' || label === 'Reject';
    const real = await press('gus', label, isApproval ? `${foreign}-1` : foreign);
    const invented = await press('gus', label, isApproval ? 'abcdefgh-1' : 'abcdefgh');
    expect(real).toBe(invented);
    expect(real).not.toMatch(/acme/i);
    await expectUnharmed();
  });

  it.each(['Approve', 'Reject', 'Details', 'Take back'])('%s with anything else in it is answered', async (label) => {
    for (const value of ['x; touch /tmp/owned', '../../etc', `${id}'--`, 'x'.repeat(2_000)]) {
      expect(await press('carol', label, value)).toMatch(/no such|older version/);
    }
    await expectUnharmed();
  });
});

describe('a form', () => {
  /** Changes what the open form remembers. */
  function forge(change: (metadata: string) => string): void {
    const { definition } = topModal(world.slack.world, 'U0CAROL')!;
    definition.private_metadata = change(String(definition.private_metadata));
  }
  const open = async (button: string) => expect(await talk.press(id, ['carol', SHARED], button)).toBe('');

  it.each([
    ['Reject', { reason: 'No' }],
    ['Take back', {}],
  ])('that %s opened and somebody forged is answered', async (button, answers) => {
    for (const metadata of ['../../etc', `${id}'--`]) {
      await open(button);
      forge(() => metadata);
      await talk.submit(['carol', SHARED], answers);
      await expectUnharmed();
      const heard = [...seen(world, 'carol', SHARED), ...seen(world, 'carol', 'dm')].map(({ words }) => words);
      expect(heard.some((words) => /no such|older version/.test(words))).toBe(true);
    }
  });

  it('for a reason wants one', async () => {
    await open('Reject');
    expect(await world.human.submit('carol', { reason: '   ' })).toMatchObject({
      ok: false,
      errors: { reason: expect.stringContaining('Say why') },
    });
    await world.human.close('carol');
    await expectUnharmed();
  });

  it('for the name of the environment takes no other, and no forged phrase', async () => {
    const at = ['carol', 'acme-ops'] as const;
    await talk.press(foreign, at, 'Approve');
    for (const typed of ['acme/dev', 'prod', '; rm -rf /', '<!channel>']) {
      expect(await world.human.submit('carol', { typed })).toMatchObject({ ok: false });
    }
    forge((metadata) => metadata.replaceAll('acme/prod', 'x'));
    expect(await talk.submit(at, { typed: 'x' })).toContain('That is not acme/prod');
    const { rows } = await world.database.query<{ doc: string }>('select doc from approvals');
    expect(rows.flatMap(({ doc }) => (JSON.parse(doc) as { votes: unknown[] }).votes)).toEqual([]);
    await expectUnharmed();
  });
});
