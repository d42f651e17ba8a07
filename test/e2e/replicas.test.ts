import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BotProcess } from '../../sandbox/bot-process.ts';
import { quiet, seen } from '../support/ask.ts';
import { type Surroundings, startReplica, startSurroundings } from '../support/bot-world.ts';
import { type DatabaseProxy, startDatabaseProxy } from '../support/database-proxy.ts';
import { until } from '../support/until.ts';

/** A replica of the same machine is noticed to be dead at the next heartbeat, 5 s apart. */
const TAKEN_OVER_MS = 20_000;

let world: Surroundings;
let proxy: DatabaseProxy;
let first: BotProcess;
/** Later the one after the restart. */
let second: BotProcess;

beforeAll(async () => {
  world = await startSurroundings();
  proxy = await startDatabaseProxy(world.environment.DATABASE_URL ?? '');
  [first, second] = await Promise.all([startReplica(world, 'first'), startReplica(world, 'second')]);
});
afterAll(async () => {
  await Promise.all([first.stop(), second.stop()]);
  await proxy.close();
  await world.stop();
});

function sizeOf(person: string, channel: string): number {
  return seen(world, person, channel).length;
}

async function owners(): Promise<number> {
  const { rows } = await world.database.query<{ count: string }>('select count(distinct owner) from inbox');
  return Number(rows[0]?.count);
}

describe('two replicas on one store', () => {
  it('answer forty commands with forty answers', async () => {
    const people = ['alice', 'bob', 'carol', 'erin'] as const;
    const lines = ['/msops help', '/msops hosts dev', '/msops stauts', '/msops hosts prd', '/msops help hosts'];
    const asked = people.flatMap((as) => lines.flatMap((line) => [line, line].map((text) => ({ as, text }))));
    expect(asked).toHaveLength(40);
    const outcomes = await Promise.all(asked.map(({ as, text }) => world.human.say(as, 'acme-ops', text)));
    expect(outcomes.filter(({ ok }) => !ok)).toEqual([]);
    await quiet(world);
    for (const as of people) {
      expect(sizeOf(as, 'acme-ops')).toBe(10);
    }
    expect(await owners()).toBe(2);
  });

  it('finish in the end what one of them was killed in the middle of', async () => {
    const { host } = world.hosts.control;
    const targets = { 'acme-ops': 'is-1', 'globex-ops': 'gw-1', 'initech-ops': 'esb-1', 'ops-all': 'mi-1' } as const;
    for (const name of Object.values(targets)) {
      host(name).hang();
    }
    const channels = Object.entries(targets);
    await Promise.all(
      channels.map(([channel, name]) =>
        world.human.say('alice', channel, `/msops status ${channel === 'ops-all' ? 'acme/prod' : 'prod'} ${name}`),
      ),
    );
    await until('all four to be begun, and to know where they were posted', async () => {
      const { rowCount } = await world.database.query(
        'select from outbox where posted_ts is not null and sent_version = wanted_version',
      );
      return rowCount === channels.length;
    });
    process.kill(first.pid, 'SIGKILL');
    await first.ended;
    for (const name of Object.values(targets)) {
      host(name).heal();
    }
    const answers = () =>
      channels.map(([channel]) => seen(world, 'alice', channel).filter(({ isWhisper }) => !isWhisper));
    await until(
      'all four to be answered',
      () => answers().every(([only]) => only?.text.includes('is healthy')),
      TAKEN_OVER_MS,
    );
    await quiet(world);
    expect(answers().map(({ length }) => length)).toEqual([1, 1, 1, 1]);
  });
});

describe('a bot that is killed after it wrote a command down and before it acknowledged', () => {
  it('answers it once after the restart', async () => {
    await second.stop();
    const throughProxy = { ...world, environment: { ...world.environment, DATABASE_URL: proxy.url } };
    const doomed = await startReplica(throughProxy, 'doomed');
    proxy.holdAnswers();
    const outcome = world.slack.human.say('bob', 'acme-shared', '/msops hosts dev');
    await until('the row', async () => {
      const { rowCount } = await world.database.query(
        "select from inbox where finished_at is null and payload like '%acme-shared%'",
      );
      return rowCount;
    });
    process.kill(doomed.pid, 'SIGKILL');
    await doomed.ended;
    expect((await outcome).ok).toBe(false);
    expect(sizeOf('bob', 'acme-shared')).toBe(0);

    second = await startReplica(world, 'next');
    await until('the answer', () => sizeOf('bob', 'acme-shared') > 0);
    await quiet(world);
    expect(seen(world, 'bob', 'acme-shared').map(({ words }) => words.split(',')[0])).toEqual(['acme/dev: 1 host']);
    expect(readFileSync(join(world.directory, 'doomed.log'), 'utf8')).not.toContain('Request answered');
  });
});
