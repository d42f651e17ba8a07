import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PEOPLE } from '../../sandbox/cast.ts';
import { answer, ask, quiet, type Said, seen } from '../support/ask.ts';
import { type BotWorld, startBotWorld } from '../support/bot-world.ts';

/** Everything by which somebody could learn of a customer that is not theirs. */
const OF_OTHERS = /globex|initech|gw-1|gw-2|db-proxy|esb-|gus|petrov/i;

let world: BotWorld;

beforeAll(async () => {
  world = await startBotWorld();
});
afterAll(() => world.stop());

/** What was said, without the word that was asked for. */
function faceOf({ words, text, isWhisper }: Said, asked: string) {
  const without = (shown: string): string => shown.replaceAll(asked, '…');
  return { words: without(words), text: without(text), isWhisper };
}

async function answerFace(at: readonly [string, string], line: string, asked: string) {
  return faceOf(await answer(world, at, line.replace('NAME', asked)), asked);
}

describe('a name of somebody else', () => {
  const real = { environment: 'globex/prod', host: 'gw-1', customer: 'initech/prod' };
  const invented = { environment: 'umbrella/prod', host: 'xy-1', customer: 'hooli/test' };

  it.each([
    ['status NAME', 'environment'],
    ['hosts NAME', 'environment'],
    ['hosts NAME', 'customer'],
    ['status prod NAME', 'host'],
    ['NAME', 'customer'],
  ] as const)("gets dana the same answer as nobody's: %s (%s)", async (line, kind) => {
    const at = ['dana', 'acme-shared'] as const;
    const toReal = await answerFace(at, `@msops ${line}`, real[kind]);
    expect(toReal).toEqual(await answerFace(at, `@msops ${line}`, invented[kind]));
  });

  it.each(['alice', 'bob', 'carol', 'erin'])("gets %s the same in another customer's channel", async (as) => {
    for (const line of ['/msops hosts NAME', '/msops status NAME']) {
      const toReal = await answerFace([as, 'acme-ops'], line, real.environment);
      expect(toReal).toEqual(await answerFace([as, 'acme-ops'], line, invented.environment));
    }
  });

  it('gets bob, who works for acme alone, the same in the channel of all', async () => {
    const at = ['bob', 'ops-all'] as const;
    expect(await answerFace(at, '/msops hosts NAME', real.environment)).toEqual(
      await answerFace(at, '/msops hosts NAME', invented.environment),
    );
    expect((await answer(world, at, '/msops hosts prod')).words).toContain('acme/prod: 6 hosts');
  });
});

describe('doors', () => {
  it('lets the people of a customer ask by mention', async () => {
    const said = await answer(world, ['gus', 'globex-shared'], '@msops status prod db-proxy-1');
    expect(said.text).toBe('✅ globex/prod: db-proxy-1 is healthy');
  });

  it('answers somebody of another customer in a shared channel with a refusal that names nobody', async () => {
    world.slack.world.channels.get('C0ACMESHARED')?.members.add('U0GUS');
    const said = await answer(world, ['gus', 'acme-shared'], '@msops status prod');
    expect(said).toMatchObject({ isWhisper: true, text: expect.stringContaining('In this channel I answer our own') });
    expect(said.text).not.toMatch(/acme|globex/i);
  });

  it('tells a company that shares a channel and is nobody of ours that it is unknown', async () => {
    const { users, channels, teams } = world.slack.world;
    teams.set('T0HOOLI', { id: 'T0HOOLI', name: 'Hooli', domain: 'hooli' });
    const gavin = { id: 'U0GAVIN', handle: 'gavin', realName: 'Gavin', title: '', teamId: 'T0HOOLI', isBot: false };
    users.set(gavin.id, gavin);
    channels.get('C0ACMESHARED')?.members.add(gavin.id);
    const said = await answer(world, ['gavin', 'acme-shared'], '@msops status prod');
    expect(said).toMatchObject({ isWhisper: true, text: expect.stringContaining('I do not know you') });
  });

  it('does not take somebody for a namesake of another workspace', async () => {
    const { users } = world.slack.world;
    const [alice] = PEOPLE;
    users.set('U0TWIN', { ...users.get(alice?.id ?? '')!, id: 'U0TWIN', handle: 'twin', teamId: 'T0ACME' });
    world.slack.world.channels.get('C0ACMESHARED')?.members.add('U0TWIN');
    const said = await answer(world, ['twin', 'acme-shared'], '@msops status prod');
    expect(said.text).toContain('I do not know you');
  });

  it('keeps a button from those who may not, whoever drew it', async () => {
    const shown = await answer(world, ['alice', 'acme-shared'], '@msops status dev');
    for (const as of ['gus', 'gavin', 'mallory']) {
      const before = seen(world, as, 'acme-shared').length;
      await world.human.click(as, { channel: 'acme-shared', ts: shown.ts }, 'Check again');
      await quiet(world);
      expect(seen(world, as, 'acme-shared').slice(before)).toMatchObject([{ isWhisper: true }]);
    }
    expect(seen(world, 'alice', 'acme-shared').find(({ ts }) => ts === shown.ts)).toEqual(shown);
  });

  it('lets a customer press the button of an operator for their own systems', async () => {
    const shown = await answer(world, ['alice', 'acme-shared'], '@msops status dev');
    await world.human.click('dana', { channel: 'acme-shared', ts: shown.ts }, 'Check again');
    await quiet(world);
    expect(seen(world, 'dana', 'acme-shared').find(({ ts }) => ts === shown.ts)?.text).toContain('dev-1 is healthy');
  });

  it('answers where the bot is no member by the response URL, to the asker alone', async () => {
    const said = await answer(world, ['alice', 'random'], '/msops status acme/prod');
    expect(said).toMatchObject({ isWhisper: true, text: expect.stringContaining('not bound to a customer') });
    expect(seen(world, 'bob', 'random')).toEqual([]);
  });

  it('shows an operator everything in a direct message, and the same name twice is asked back', async () => {
    const said = await answer(world, ['alice', 'dm'], 'hosts prod');
    expect(said.words).toContain('acme/prod, globex/prod, initech/prod');
    expect((await ask(world, ['bob', 'dm'], 'hosts prod'))[0]?.words).toContain('acme/prod: 6 hosts');
  });
});

describe('what dana of acme ever sees', () => {
  it('names no other customer, no host and nobody of theirs', () => {
    const { slack } = world;
    const seenByDana = slack.world.messages.filter(
      ({ channel, visibleTo, user }) =>
        user === slack.world.bot.userId &&
        slack.world.channels.get(channel)?.members.has('U0DANA') &&
        (visibleTo === undefined || visibleTo === 'U0DANA'),
    );
    expect(seenByDana.length).toBeGreaterThan(10);
    const asked = /globex\/prod|initech\/prod|gw-1/g; // She typed these herself, and they are said back.
    for (const message of seenByDana) {
      const shown = JSON.stringify([message.text, message.blocks]);
      expect(message.visibleTo === 'U0DANA' ? shown.replaceAll(asked, '') : shown).not.toMatch(OF_OTHERS);
    }
  });
});
