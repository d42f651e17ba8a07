import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BotProcess } from '../../sandbox/bot-process.ts';
import { answer, quiet, seen } from '../support/ask.ts';
import { type Surroundings, startReplica, startSurroundings } from '../support/bot-world.ts';
import { until } from '../support/until.ts';

const ENTRY = fileURLToPath(new URL('../../src/bot.ts', import.meta.url));
const PASSPHRASE = 'correct-horse-battery-staple-42';

let world: Surroundings;
let bot: BotProcess;

beforeAll(async () => {
  const started = await startSurroundings({ mode: 'http' });
  const environment = { ...started.environment, SSH_PRIVATE_KEY_PASSPHRASE: PASSPHRASE, LOG_LEVEL: 'debug' };
  world = { ...started, environment };
  bot = await startReplica(world);
});
afterAll(async () => {
  await bot.stop();
  await world.stop();
});

function log(): string {
  return readFileSync(join(world.directory, 'bot.log'), 'utf8');
}

function run(environment: Record<string, string>): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [ENTRY], { env: environment, cwd: world.directory });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('close', (code) => resolve({ code, output }));
  });
}

describe('the bot as a process', () => {
  it('names every missing setting at once, points to the sandbox and ends with 78', async () => {
    const { code, output } = await run({ PATH: process.env.PATH ?? '', SLACK_BOT_TOKEN: 'xoxp-of-the-wrong-kind' });
    expect(code).toBe(78);
    for (const name of ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'SSH_PRIVATE_KEY']) {
      expect(output).toContain(`- ${name}: `);
    }
    expect(output).toContain('npm run sandbox');
    expect(output).not.toContain('xoxp-of');
    expect(output).not.toMatch(/^\s+at /m);
  });

  it('reads msops.yml again on SIGHUP', async () => {
    expect((await answer(world, ['mallory', 'acme-ops'], '/msops help')).words).toContain('I do not know you');
    const before = readFileSync(world.configFile, 'utf8');
    const known = before
      .replace('people:\n', 'people:\n  mallory:\n    id: T0MERIDIAN:U0MALLORY\n    name: Mallory Quinn\n')
      .replace('assignments:\n', 'assignments:\n  - person: mallory\n    role: operator\n    customers: [acme]\n');
    writeFileSync(world.configFile, known);
    process.kill(bot.pid, 'SIGHUP');
    await until('the reload', () => log().includes('Configuration reloaded'));
    expect((await answer(world, ['mallory', 'acme-ops'], '/msops hosts dev')).words).toContain('acme/dev: 1 host');
  });

  it('keeps the old msops.yml when the new one is wrong, and says what is wrong with it', async () => {
    const right = readFileSync(world.configFile, 'utf8');
    writeFileSync(world.configFile, 'version: 1\ncustomers: [{ id: ACME!, color: red }]\n');
    process.kill(bot.pid, 'SIGHUP');
    await until('the complaint', () => log().includes('Configuration not reloaded'));
    expect(log()).toContain('home_team');
    writeFileSync(world.configFile, right);
    expect((await answer(world, ['mallory', 'acme-ops'], '/msops hosts dev')).words).toContain('acme/dev: 1 host');
  });

  it('answers what it has taken before it ends on SIGTERM', async () => {
    world.hosts.control.host('gw-1').slow(30);
    await world.human.say('alice', 'globex-ops', '/msops status prod gw-1');
    await until('the beginning', () => seen(world, 'alice', 'globex-ops').length === 1);
    process.kill(bot.pid, 'SIGTERM');
    expect(await bot.ended).toBe(0);
    expect(seen(world, 'alice', 'globex-ops')).toMatchObject([{ text: '✅ globex/prod: gw-1 is healthy' }]);
    await quiet(world);
    const { rows } = await world.database.query('select id from replicas');
    expect(rows).toEqual([]);
  });
});

describe('secrets', () => {
  it('are in no line of the log, however much goes wrong', async () => {
    const { slack, hosts } = world;
    bot = await startReplica(world, 'troubled');
    slack.faults.push(
      { method: 'response_url', status: 500, times: 1 },
      { method: 'response_url', status: 404, times: 1 },
    );
    slack.faults.push({ method: 'chat.postMessage', status: 500, times: 1 });
    slack.faults.push({ method: 'users.info', error: 'internal_error', times: 3 });
    hosts.control.bastion('acme-bastion').refuseAuthentication();
    const typed = `--token ${slack.tokens.bot} password=hunter2hunter2`;
    await Promise.all([
      slack.human.say('alice', 'acme-ops', '/msops status prod'),
      slack.human.say('bob', 'acme-ops', '/msops help'),
      slack.human.say('carol', 'globex-ops', `/msops status ${typed}`),
      slack.human.say('alice', 'globex-ops', '/msops status password=hunter2hunter2 '),
      slack.human.say('alice', 'initech-ops', `/msops status prod ${slack.tokens.bot}`),
      slack.human.say('erin', 'globex-ops', '@msops hosts prod'),
      slack.human.openHome('alice'),
    ]);
    await quiet(world);
    const key = readFileSync(hosts.operatorKeyFile, 'utf8');
    const secrets = [
      slack.tokens.bot,
      slack.tokens.signingSecret,
      PASSPHRASE,
      'hunter2hunter2',
      ...key.split('\n').filter((line) => line.length > 40),
      ...[...slack.world.hooks.keys()],
    ];
    expect(secrets.length).toBeGreaterThan(8);
    const processFile = `/proc/${bot.pid}/cmdline`;
    const shown = {
      log: log() + readFileSync(join(world.directory, 'troubled.log'), 'utf8'),
      messages: JSON.stringify(slack.world.messages.filter(({ user }) => user === slack.world.bot.userId)),
      audit: JSON.stringify((await world.database.query('select entry from audit')).rows),
      commandLine: existsSync(processFile) ? readFileSync(processFile, 'utf8') : '',
    };
    expect(shown.messages).toContain('[secret]');
    for (const [where, text] of Object.entries(shown)) {
      for (const secret of secrets) {
        expect(text.includes(secret), `${secret.slice(0, 12)}… in the ${where}`).toBe(false);
      }
    }
  });
});
