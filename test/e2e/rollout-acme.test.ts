import { rmSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answer, ask, hostsOf, rowOf, seen, told } from '../support/ask.ts';
import { type BotWorld, startBotWorld } from '../support/bot-world.ts';
import { observeBriefly } from '../support/change-config.ts';
import { createRolloutTalk, hostFile, type RolloutTalk } from '../support/rollout-talk.ts';

const STORY_MS = 120_000;
const ALICE = ['alice', 'acme-ops'] as const;
const BOB = ['bob', 'acme-ops'] as const;
const CAROL = ['carol', 'acme-ops'] as const;
const DANA = ['dana', 'acme-shared'] as const;

let world: BotWorld;
let talk: RolloutTalk;

beforeAll(async () => {
  world = await startBotWorld({
    configure: observeBriefly,
    settings: { WSO2_UPDATE_USERNAME: 'ops@meridian.example', WSO2_UPDATE_PASSWORD: 'a-subscription' },
  });
  talk = createRolloutTalk(world);
});
afterAll(() => world.stop());

const textsOf = ([as, channel]: readonly [string, string]) => seen(world, as, channel).map(({ words }) => words);

describe('an install that fails', { timeout: STORY_MS }, () => {
  const fault = () => hostFile(world, 'acme/apim-1', '.host/apt-fails');
  let id: string;

  it('stops the rollout, leaves the rest alone and shows what the host printed', async () => {
    writeFileSync(fault(), '100\nE: Sub-process /usr/bin/dpkg returned an error code (1)\n');
    id = await talk.request(ALICE, '/msops patch apply prod');
    await talk.approveForAcme(id);
    await talk.becomes(id, 'failed');
    rmSync(fault());
    const card = await talk.card(id, DANA);
    expect(hostsOf(card)).toEqual(['❌ apim-1', '⏭️ mi-2']);
    const [printed] = textsOf(ALICE).filter((words) => words.includes('apim-1 failed in'));
    expect(printed).toContain('Sub-process /usr/bin/dpkg returned an error code (1)');
    const [summary] = textsOf(ALICE).filter((words) => words.includes('0 of 2 hosts done, 1 failed, 1 left alone'));
    expect(summary).toContain('Mend what failed and ask again');
  });

  it('is offered to be repaired', async () => {
    const refused = await answer(world, ALICE, '/msops patch apply prod');
    expect(refused.words).toContain('apim-1');
    expect(refused.words).toContain('--repair');
    expect(refused.words).toContain('--hosts mi-2');
  });
});

describe('a rollout that is aborted', { timeout: STORY_MS }, () => {
  it('lets the host in work come to its end and leaves the others alone', async () => {
    const id = await talk.request(ALICE, '/msops patch apply prod --repair');
    await talk.approveForAcme(id);
    await talk.hostReaches(id, 'apim-1', /in_progress/);
    expect(await talk.press(id, BOB, 'Abort')).toBe('');
    expect(await talk.submit(BOB, {})).toContain('hosts in work come to their end');
    await talk.becomes(id, 'aborted');
    expect(hostsOf(await talk.card(id, DANA))).toEqual(['✅ apim-1', '⏭️ mi-2']);
    expect((await talk.card(id, DANA)).words).toContain('Aborted by Bob Tanaka');
  });

  it('before it was approved is taken back by whoever asked', async () => {
    const id = await talk.request(ALICE, '/msops patch apply prod');
    await talk.press(id, ALICE, 'Take back');
    await talk.submit(ALICE, {});
    await talk.becomes(id, 'aborted');
    expect(await talk.press(id, CAROL, 'Details')).toBe('');
    await world.human.close('carol');
  });
});

describe('an update of a product', { timeout: STORY_MS }, () => {
  let id: string;

  it('pauses between two waves, and its lock keeps others waiting', async () => {
    id = await talk.request(ALICE, '/msops patch apply prod --product mi --level 12');
    expect((await talk.find(id))?.waves).toEqual([['mi-1'], ['mi-2']]);
    expect((await talk.card(id, DANA)).words).toContain('wso2mi-4.4.0: update level 5 → 12');
    await talk.approveForAcme(id);
    await talk.hostReaches(id, 'mi-1', /in_progress/);
    expect(await talk.press(id, BOB, 'Pause')).toContain('pauses as soon as');
    await talk.becomes(id, 'paused');
    expect(hostsOf(await talk.card(id, DANA))).toEqual(['✅ mi-1', '▫️ mi-2']);
    expect((await talk.card(id, DANA)).words).toContain('Bob Tanaka has paused it');
  });

  it('loses its lock to whoever may break it and says why', async () => {
    expect((await told(world, ALICE, '/msops unlock prod I want it')).words).toContain('lock.break');
    expect((await told(world, CAROL, '/msops unlock prod')).words).toContain('Say why');
    await ask(world, CAROL, '/msops unlock prod the site of the old bot is gone');
    const [broken] = textsOf(DANA)
      .concat(textsOf(BOB))
      .filter((words) => words.includes('broke the lock of acme/prod'));
    expect(broken).toContain('the site of the old bot is gone');
    expect(broken).toContain(id);
    expect((await told(world, CAROL, '/msops unlock prod once more')).words).toContain(
      'Nobody holds the lock of acme/prod',
    );
  });

  it('goes on when it is resumed, host after host', async () => {
    expect(await talk.press(id, BOB, 'Resume')).toContain('goes on');
    await talk.becomes(id, 'succeeded');
    expect(hostsOf(await talk.card(id, DANA))).toEqual(['✅ mi-1', '✅ mi-2']);
    const plan = await answer(world, ALICE, '/msops patch plan prod --product mi');
    expect([rowOf(plan, 'mi-1'), rowOf(plan, 'mi-2')].map((row) => row.join(' '))).toEqual([
      expect.stringContaining('12'),
      expect.stringContaining('12'),
    ]);
    const status = await answer(world, ALICE, '/msops status prod mi-1 mi-2');
    expect(status.text).toContain('1 of 2 healthy');
  });
});

describe('rollouts', () => {
  it('are listed, newest first, and one is shown again', async () => {
    const list = await answer(world, ['erin', 'acme-ops'], '/msops rollouts prod');
    expect(list.isWhisper).toBe(true);
    const ids = [...list.words.matchAll(/^\S+ (\w{8}) acme\/prod (.*)$/gm)].map(([, id, state]) => [id, state]);
    expect(ids.map(([, state]) => state?.split(/:| by | on /)[0])).toEqual(['done', 'taken back', 'aborted', 'failed']);
    const [newest] = ids[0] ?? [];
    const shown = await ask(world, ['erin', 'acme-ops'], `/msops rollout ${newest}`);
    expect(shown.at(-1)?.words).toContain(`rollout ${newest} `);
    const details = await answer(world, ALICE, `/msops rollout ${newest} --hosts mi-1`);
    expect(details.words).toContain('mi-1');
    expect(details.words).not.toContain('mi-2');
    expect((await answer(world, ALICE, `/msops rollout ${newest} --hosts apim-1`)).words).toContain('Not all of these');
  });

  it('of others are nobody’s: the same words as for an id that there is not', async () => {
    const list = await answer(world, ['erin', 'acme-ops'], '/msops rollouts');
    const [, id = ''] = /(\w{8}) acme\/prod/.exec(list.words) ?? [];
    expect(id).not.toBe('');
    const gus = ['gus', 'globex-shared'] as const;
    for (const verb of ['rollout', 'patch undo']) {
      const [toReal, toInvented] = [
        await answer(world, gus, `@msops ${verb} ${id}`),
        await answer(world, gus, `@msops ${verb} abcdefgh`),
      ];
      expect(toReal.words).toBe(toInvented.words);
      expect(toReal.words).not.toMatch(/acme/i);
    }
    expect((await answer(world, gus, '@msops rollouts')).words).not.toMatch(/acme/i);
    expect((await answer(world, ['alice', 'globex-ops'], `/msops rollout ${id}`)).words).toContain(
      'I know no such rollout here.',
    );
  });
});

describe('a host that is not reached', () => {
  it('is a problem of the plan, with what to do about it and how to go on without it', async () => {
    const { words } = await answer(world, ['alice', 'initech-ops'], '/msops patch apply prod');
    expect(words).toContain('cannot be done as asked');
    expect(words).toContain('esb-2: host esb-2 at esb-2.initech.internal:22 refused the connection');
    expect(words).toContain('Check on the console that the host is up');
    const product = await answer(world, ['alice', 'initech-ops'], '/msops patch apply prod --product mi --level 7');
    expect(product.words).toContain('esb-3');
    expect(product.words).toContain('--product mi --level 7 --hosts esb-1');
  });
});

describe('the log', () => {
  it('has nothing unforeseen', () => {
    expect(world.log.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
