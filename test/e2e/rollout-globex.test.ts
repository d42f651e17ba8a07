import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answer, quiet, rowOf, seen, shownHome } from '../support/ask.ts';
import { type BotWorld, startBotWorld } from '../support/bot-world.ts';
import { changeConfig, observeBriefly } from '../support/change-config.ts';
import { createRolloutTalk, hostFile, type RolloutTalk } from '../support/rollout-talk.ts';

const ALICE = ['alice', 'globex-ops'] as const;
const CAROL = ['carol', 'globex-ops'] as const;

let world: BotWorld;
let talk: RolloutTalk;

beforeAll(async () => {
  world = await startBotWorld({ configure: observeBriefly });
  talk = createRolloutTalk(world);
});
afterAll(() => world.stop());

const upgraded = () => readFileSync(hostFile(world, 'globex/db-proxy-1', '.host/upgraded'), 'utf8');

describe('App Home', () => {
  let id: string;

  it('shows what waits for a person, whose Approve there counts', async () => {
    id = await talk.request(ALICE, '/msops patch apply prod --hosts db-proxy-1');
    await world.human.openHome('carol');
    await quiet(world);
    expect(shownHome(world, 'carol')).toMatch(/globex\/prod.*Install 2 packages.*Asked by Alice Moreau/);
    await world.human.openHome('alice');
    await quiet(world);
    expect(shownHome(world, 'alice')).toContain('Nothing is waiting for you.');

    expect(await world.human.click('carol', { home: true }, 'Approve')).toMatchObject({ ok: true });
    await quiet(world);
    expect(shownHome(world, 'carol')).toContain('Nothing is waiting for you.');
    expect(seen(world, 'carol', 'dm').at(-1)?.words).toContain('Yours was the last that was missing');
    await talk.becomes(id, 'succeeded');
    expect(upgraded().split('\n')).toHaveLength(3);
  });

  it('has led to a rollout that can be taken back', async () => {
    const undo = await talk.request(ALICE, `/msops patch undo ${id}`);
    const asked = (await talk.card(undo, ALICE)).words;
    expect(asked).toContain(`Bring back 2 packages to the versions before ${id} on 1 host`);
    expect(asked).toContain('openssl-libs 3.0.7-28.el9_4 → 3.0.7-27.el9');
    await talk.press(undo, CAROL, 'Approve');
    await talk.becomes(undo, 'succeeded');
    expect(upgraded()).toBe('');
    const plan = await answer(world, ALICE, '/msops patch plan prod --hosts db-proxy-1');
    expect(rowOf(plan, 'db-proxy-1')[2]).toBe('2');
  });
});

describe('patch auto --enable', () => {
  it('switches automatic updates on, once it is approved', async () => {
    const id = await talk.request(ALICE, '/msops patch auto prod --hosts db-proxy-1 --enable');
    const asked = (await talk.card(id, ALICE)).words;
    expect(asked).toContain('Switch automatic security updates on, on 1 host');
    expect(asked).toContain('install dnf-automatic');
    await talk.press(id, CAROL, 'Approve');
    await talk.becomes(id, 'succeeded');
    const auto = await answer(world, ALICE, '/msops patch auto prod --hosts db-proxy-1');
    expect(rowOf(auto, 'db-proxy-1').slice(1, 3)).toEqual(['works', 'dnf-automatic']);

    const nothing = await answer(world, ALICE, `/msops patch undo ${id}`);
    expect(nothing).toMatchObject({ isWhisper: true });
    expect(nothing.words).toContain('There is nothing of that rollout that I could take back.');
    const again = await answer(world, ALICE, '/msops patch auto prod --hosts db-proxy-1 --enable');
    expect(again.text).toContain('nothing to do');
  });
});

describe('an approval that nobody gives', () => {
  it('expires, says so on its card, and comes too late afterwards', async () => {
    changeConfig(world.configFile, ({ approval_policies: policies }) => {
      policies.find(({ name }) => name === 'globex-production')!.expires_after = '2s';
    });
    world.reload();
    const id = await talk.request(ALICE, '/msops patch apply prod --hosts db-proxy-1');
    await talk.becomes(id, 'expired');
    const card = await talk.card(id, CAROL);
    expect(card.text).toContain('not approved in time');
    expect(card.words).not.toContain('Approve');
    const again = await answer(world, ALICE, `/msops patch undo ${id}`);
    expect(again.words).toContain('nothing of that rollout');
  });
});

describe('the log', () => {
  it('has nothing unforeseen', () => {
    expect(world.log.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
