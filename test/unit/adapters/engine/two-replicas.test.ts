import { type ChildProcess, spawn } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import type { Store } from '../../../../src/adapters/store/open-store.ts';
import type { Secret } from '../../../../src/domain/secret.ts';
import { createTestDatabase, openTestStore } from '../../../support/postgres.ts';
import { until } from '../../../support/until.ts';

const REPLICA = new URL('./replica.ts', import.meta.url).pathname;

describe('two replicas on one store', () => {
  let databaseUrl: Secret;
  let store: Store;
  const children: ChildProcess[] = [];

  beforeEach(async () => {
    databaseUrl = await createTestDatabase(inject('postgresSocket'));
    store = await openTestStore(databaseUrl);
    await store.pool.query('create table diary (n serial, who text, what text); create table go (who text)');
  });
  afterEach(async () => {
    for (const child of children.splice(0)) {
      child.kill('SIGKILL');
    }
    await store.close();
  });

  async function startReplica(name: string, task = ''): Promise<ChildProcess> {
    const child = spawn(process.execPath, [REPLICA, name, databaseUrl.reveal(), task], { stdio: 'inherit' });
    children.push(child);
    await wrote(name, 'is up');
    return child;
  }
  async function diary(): Promise<string[]> {
    const { rows } = await store.pool.query<{ who: string; what: string }>('select who, what from diary order by n');
    return rows.map(({ who, what }) => `${who} ${what}`);
  }
  const wrote = (who: string, what: string) =>
    until(`${who} ${what}`, async () => (await diary()).some((line) => line.startsWith(`${who} ${what}`)));
  const go = (who: string) => store.pool.query('insert into go values ($1)', [who]);
  const finished = () =>
    until('the workflow is done', async () => {
      const { rows } = await store.pool.query('select status from dbos.workflow_status');
      return rows[0]?.status === 'SUCCESS';
    });
  const outcomes = async () => (await store.pool.query('select outcome, attempts from inbox')).rows;

  it('lets the other go on where a killed one stopped, and repeats no finished step', async () => {
    const a = await startReplica('A', 'work');
    await startReplica('B');
    await wrote('A', 'begins step 2');
    await wrote('A', 'begins i-1');
    await go('B');

    a.kill('SIGKILL');
    await wrote('B', 'ends i-1');
    await finished();

    const lines = await diary();
    expect(lines.filter((line) => /step/.test(line))).toEqual([
      'A begins step 1',
      'A ends step 1',
      'A begins step 2',
      'B begins step 2',
      'B ends step 2',
      'B begins step 3',
      'B ends step 3',
    ]);
    expect(lines).toContain('B takes over i-1 after 1');
    expect(await outcomes()).toEqual([{ outcome: 'done', attempts: 2 }]);
  });

  it('lets a frozen one change nothing after it was taken over', async () => {
    const a = await startReplica('A', 'work');
    await wrote('A', 'begins step 2');
    await wrote('A', 'begins i-1');
    a.kill('SIGSTOP');
    await startReplica('B');
    await go('B');
    await wrote('B', 'ends i-1');
    await finished();

    await go('A');
    a.kill('SIGCONT');
    await wrote('A', 'ends step 2');
    await wrote('A', 'ends i-1');
    await wrote('A', 'warned: Workflow rollout-1');

    const steps = (await diary()).filter((line) => /step 3/.test(line));
    expect(steps).toEqual(['B begins step 3', 'B ends step 3']);
    expect(await outcomes()).toEqual([{ outcome: 'done', attempts: 2 }]);
  });
});
