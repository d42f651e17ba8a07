import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BotProcess } from '../../sandbox/bot-process.ts';
import { HOME_TEAM } from '../../sandbox/cast.ts';
import { quiet, seen } from '../support/ask.ts';
import { type Surroundings, startReplica, startSurroundings } from '../support/bot-world.ts';
import { createRolloutTalk, hostFile, type RolloutTalk } from '../support/rollout-talk.ts';
import { until } from '../support/until.ts';

/** They and carol may all approve changes of globex. */
const OTHERS = Array.from({ length: 49 }, (_, index) => `approver-${index + 1}`);
const OPS = 'globex-ops';
const TAKEN_OVER_MS = 60_000;

let world: Surroundings;
let talk: RolloutTalk;
let replicas: readonly BotProcess[];
let id: string;

beforeAll(async () => {
  world = await startSurroundings({
    configure(config) {
      for (const person of OTHERS) {
        config.people[person] = { id: `${HOME_TEAM.id}:${idOf(person)}`, name: person };
        config.assignments.push({ person, role: 'approver', customers: 'all' });
      }
    },
  });
  hire(world);
  installSlowly(world);
  talk = createRolloutTalk(world);
  replicas = await Promise.all([startReplica(world, 'first'), startReplica(world, 'second')]);
});
afterAll(async () => {
  await Promise.all(replicas.map((replica) => replica.stop()));
  await world.stop();
});

const idOf = (person: string) => `U0${person.toUpperCase().replace('-', '')}`;

function hire({ slack: { world: slack } }: Surroundings): void {
  for (const handle of OTHERS) {
    const user = { id: idOf(handle), handle, realName: handle, title: '', teamId: HOME_TEAM.id, isBot: false };
    slack.users.set(user.id, user);
    slack.channels.get('C0GLOBEXOPS')?.members.add(user.id);
  }
}

/** Long enough to be killed in the middle of; every start leaves a line. */
function installSlowly(surroundings: Surroundings): void {
  const dnf = hostFile(surroundings, 'globex/db-proxy-1', 'bin/dnf');
  const slow = readFileSync(dnf, 'utf8').replace('sleep 1\n', 'echo "$*" >>"$host/installs"\n  sleep 8\n');
  writeFileSync(dnf, slow);
}

function installs(): string {
  try {
    return readFileSync(hostFile(world, 'globex/db-proxy-1', '.host/installs'), 'utf8');
  } catch {
    return '';
  }
}

async function countAudited(action: string): Promise<number> {
  const { rows } = await world.database.query<{ entry: string }>('select entry from audit');
  return rows.filter(({ entry }) => (JSON.parse(entry) as { action: string }).action === action).length;
}

/** The replica that runs a workflow now. */
async function runnerOf(workflow: string): Promise<BotProcess | undefined> {
  const { rows } = await world.database.query<{ executor_id: string }>(
    'select executor_id from dbos.workflow_status where workflow_uuid = $1',
    [workflow],
  );
  return replicas.find(({ ready }) => ready.replica === rows[0]?.executor_id);
}

describe('two replicas on one store', () => {
  it('make one decision and one rollout of fifty clicks at once, and answer every one', async () => {
    id = await talk.request(['alice', OPS], '/msops patch apply prod --hosts db-proxy-1');
    const { ts } = await talk.card(id, ['alice', OPS]);
    const everybody = ['carol', ...OTHERS];
    const clicks = await Promise.all(everybody.map((as) => world.human.click(as, { channel: OPS, ts }, 'Approve')));
    expect(clicks.filter(({ ok }) => !ok)).toEqual([]);
    await quiet(world);

    const answers = everybody.map((as) => seen(world, as, OPS).filter(({ isWhisper }) => isWhisper));
    expect(answers.map(({ length }) => length)).toEqual(everybody.map(() => 1));
    const words = answers.flat().map((said) => said.words);
    expect(words.filter((said) => said.includes('Yours was the last that was missing'))).toHaveLength(1);
    expect(words.filter((said) => /Too late.*decided by/.test(said))).toHaveLength(49);
    const { rows } = await world.database.query<{ count: string }>('select count(*) from inbox group by owner');
    expect(rows.map(({ count }) => Number(count) > 5)).toEqual([true, true]);
    expect(await countAudited('change.approved')).toBe(1);
  });

  it('finish a change whose replica was killed in the middle of it, once', { timeout: 2 * TAKEN_OVER_MS }, async () => {
    await until('the install to be under way', () => installs() !== '', 30_000);
    const runner = await until('its replica', () => runnerOf(`rollout-host:${id}:db-proxy-1`));
    process.kill(runner.pid, 'SIGKILL');
    await runner.ended;
    const killedAt = Date.now();
    await talk.becomes(id, 'succeeded');
    expect(Date.now() - killedAt).toBeLessThan(TAKEN_OVER_MS);
    await quiet(world);

    expect(installs().trim().split('\n')).toHaveLength(1);
    const upgraded = readFileSync(hostFile(world, 'globex/db-proxy-1', '.host/upgraded'), 'utf8');
    expect(
      upgraded
        .trim()
        .split('\n')
        .map((row) => row.split('|')[0]),
    ).toEqual(['openssl-libs', 'haproxy']);
    const counts = [
      await countAudited('rollout.run'),
      await countAudited('host.change'),
      await countAudited('rollout.end'),
    ];
    expect(counts).toEqual([1, 1, 1]);
    const said = seen(world, 'bob', OPS).map(({ text }) => text);
    expect(said.filter((text) => /`db-proxy-1` done/.test(text))).toHaveLength(1);
    expect(said.filter((text) => /1 of 1 host done in /.test(text))).toHaveLength(1);
    expect((await talk.card(id, ['bob', OPS])).text).toContain('done');
  });
});
