import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAuditLog } from '../../src/adapters/store/audit-log.ts';
import { openStore } from '../../src/adapters/store/open-store.ts';
import { Secret } from '../../src/domain/secret.ts';
import { answer, ask } from '../support/ask.ts';
import { type BotWorld, startBotWorld } from '../support/bot-world.ts';
import { createRecordingLogger } from '../support/recording-logger.ts';

let world: BotWorld;

beforeAll(async () => {
  world = await startBotWorld();
});
afterAll(() => world.stop());

/** The verbs that help lists. */
async function verbsFor(as: string, channel: string, text: string): Promise<readonly string[]> {
  const { words } = await answer(world, [as, channel], text);
  return [...words.matchAll(/^[/@]msops ([a-z-]+(?: [a-z]+)*)/gm)].map(([, verb = '']) => verb);
}

describe('help', () => {
  it('lists what the person may do there, and nothing else', async () => {
    const rollouts = ['rollouts', 'rollout'];
    const patching = ['patch plan', 'patch apply', 'patch auto', 'patch undo'];
    const seeing = ['chart', 'dashboard', 'digest', 'alerts', 'alerts test', 'silence'];
    const access = ['access list', 'access card', 'access revoke', 'access drift'];
    const mails = ['email verify', 'email status', 'email test'];
    expect(await verbsFor('alice', 'acme-ops', '/msops')).toEqual(
      ['status', 'hosts', 'connect', seeing, patching, rollouts, 'break-glass', access, mails, 'help'].flat(),
    );
    expect(await verbsFor('carol', 'acme-ops', '/msops help')).toEqual(
      ['status', 'hosts', seeing, 'patch plan', 'patch auto', rollouts, 'unlock', access, 'help'].flat(),
    );
    expect(await verbsFor('erin', 'acme-ops', '/msops HELP')).toEqual(
      ['hosts', 'chart', 'dashboard', 'alerts', rollouts, 'access list', 'audit', 'help'].flat(),
    );
    expect(await verbsFor('alice', 'random', '/msops help')).toEqual(['help']);
    expect(await verbsFor('bob', 'globex-ops', '/msops help')).toEqual(['help']);
  });

  it('tells the people of a customer how they can ask: not by a command that they do not have', async () => {
    const { words, isWhisper } = await answer(world, ['dana', 'acme-shared'], '@msops help');
    expect(isWhisper).toBe(true);
    expect(words).toContain('@msops status <environment>'.replace('<', '&lt;').replace('>', '&gt;'));
    expect(words).not.toContain('/msops');
  });

  it('tells somebody unknown that they are', async () => {
    expect((await answer(world, ['mallory', 'acme-ops'], '/msops help')).words).toContain('I do not know you');
  });

  it('shows one command', async () => {
    expect(await verbsFor('alice', 'acme-ops', '/msops help hosts')).toEqual(['hosts']);
  });
});

describe('a slip', () => {
  it.each([
    ['/msops stauts prod', 'I do not know the command stauts.', 'Did you mean status?'],
    ['/msops status prdo', 'There is no environment prdo here.', 'Did you mean prod?'],
    ['/msops status prod apmi-1', 'There is no host apmi-1 in acme/prod.', 'Did you mean apim-1?'],
    ['/msops hosts', 'Which environment?', 'Usage: /msops hosts'],
    ['/msops status', 'Which environment?', 'Usage: /msops status'],
    ['/msops hosts prod dev', 'One environment at a time, please.', 'Usage: /msops hosts'],
    ['/msops patch paln prod', 'I do not know the command patch paln.', 'Did you mean patch plan?'],
    ['/msops patch', 'I do not know the command patch.', 'Usage: /msops patch plan'],
    ['/msops patch auto', 'Which environment?', 'Usage: /msops patch auto'],
    ['/msops patch plan prod --host mi-1', 'I do not know the option --host here.', 'Did you mean --hosts?'],
    ['/msops status prod --watch', 'I do not know the option --watch here.', 'Usage: /msops status'],
  ])('is answered with what was meant and how it is written: %s', async (typed, sentence, advice) => {
    const { words, isWhisper } = await answer(world, ['alice', 'acme-ops'], typed);
    expect(isWhisper).toBe(true);
    expect(words).toContain(sentence);
    expect(words).toContain(advice);
    expect(words).toContain('Usage: /msops ');
  });

  it('in an option of the audit is answered too', async () => {
    const at = ['erin', 'acme-ops'] as const;
    expect((await answer(world, at, '/msops audit —sinse 2h')).words).toContain('Did you mean --since?');
    expect((await answer(world, at, '/msops audit --since soon')).words).toContain('That is not a duration');
    expect((await answer(world, at, `/msops audit --since ${'999999d'.repeat(3)}`)).words).toContain(
      'in the last 999999d',
    );
    expect((await answer(world, at, '/msops audit --who nobody')).words).toContain('I do not know that person');
    expect((await answer(world, at, '/msops audit --env prdo')).words).toContain('Did you mean prod?');
  });
});

describe('hosts and connect', () => {
  it('list the inventory to the asker alone', async () => {
    const { words, table, isWhisper } = await answer(world, ['carol', 'globex-ops'], '/msops hosts prod');
    expect(isWhisper).toBe(true);
    expect(words).toContain('globex/prod: 3 hosts, production, reached through globex-bastion');
    expect(table.map(([host]) => host)).toEqual(['Host', 'gw-1', 'gw-2', 'db-proxy-1']);
  });

  it('show the way in', async () => {
    const { text, words } = await answer(world, ['alice', 'acme-ops'], '/msops connect dev');
    expect(text).toBe('✅ acme/dev: 1 of 1 hosts can be reached');
    expect(words).toContain('it saw us as 127.0.0.1, which is in the allowlist');
  });

  it('are refused to those who may not', async () => {
    expect((await answer(world, ['carol', 'acme-ops'], '/msops connect prod')).words).toContain('needs the role');
    expect((await answer(world, ['erin', 'acme-ops'], '/msops status prod')).words).toContain('needs the role');
    expect((await answer(world, ['alice', 'acme-ops'], '/msops audit')).words).toContain('needs the role auditor');
  });
});

describe('audit', () => {
  it('has who did what where, what failed and what was denied, and its chain is whole', async () => {
    await ask(world, ['alice', 'acme-ops'], '/msops status dev');
    const { words, isWhisper } = await answer(world, ['erin', 'acme-ops'], '/msops audit');
    expect(isWhisper).toBe(true);
    expect(words).toMatch(/Alice Moreau \(T0MERIDIAN:U0ALICE\) host.status on acme\/dev \(dev-1\) succeeded/);

    const all = await answer(world, ['erin', 'dm'], 'audit --since 1h --who alice');
    expect(all.words).toMatch(/host.status failed: There is no environment prdo here/);
    expect(all.words).toMatch(/audit.read denied: audit.read needs the role auditor/);
    expect(all.words).not.toContain('Erin');

    const databaseUrl = new Secret(world.environment.DATABASE_URL ?? '');
    const store = await openStore({ databaseUrl, directory: '/nowhere', logger: createRecordingLogger() });
    const { rows } = await world.database.query<{ count: string }>('select count(*) from audit');
    expect(await createAuditLog(store).verify()).toMatchObject({ intact: true, entries: Number(rows[0]?.count) });
    await store.close();
  });
});
