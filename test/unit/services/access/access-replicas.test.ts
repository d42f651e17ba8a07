import { type ChildProcess, spawn } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { createAuditLog } from '../../../../src/adapters/store/audit-log.ts';
import { createGrantStore } from '../../../../src/adapters/store/grants.ts';
import type { Store } from '../../../../src/adapters/store/open-store.ts';
import type { Secret } from '../../../../src/domain/secret.ts';
import { tellAudit } from '../../../support/access-world.ts';
import { createTestDatabase, openTestStore } from '../../../support/postgres.ts';
import { until } from '../../../support/until.ts';

const REPLICA = new URL('./replica.ts', import.meta.url).pathname;
const PATIENCE_MS = 45_000;

describe('two replicas on one store', () => {
  let databaseUrl: Secret;
  let store: Store;
  const children: ChildProcess[] = [];

  beforeEach(async () => {
    databaseUrl = await createTestDatabase(inject('postgresSocket'));
    store = await openTestStore(databaseUrl);
    await store.pool.query('create table diary (n serial, who text, what text)');
    await store.pool.query('create table orders (who text, what text)');
  });
  afterEach(async () => {
    for (const child of children.splice(0)) {
      child.kill('SIGKILL');
    }
    await store.close();
  });

  async function startReplica(name: string): Promise<ChildProcess> {
    const child = spawn(process.execPath, [REPLICA, name, databaseUrl.reveal()], { stdio: 'inherit' });
    children.push(child);
    await until(`${name} is up`, async () => (await diary()).includes(`${name} is up`), PATIENCE_MS);
    return child;
  }
  async function diary(): Promise<string[]> {
    const { rows } = await store.pool.query<{ who: string; what: string }>('select who, what from diary order by n');
    return rows.map(({ who, what }) => `${who} ${what}`);
  }
  const order = (...orders: readonly (readonly [string, string])[]) =>
    Promise.all(orders.map((values) => store.pool.query('insert into orders values ($1, $2)', [...values])));
  const did = (line: string) => until(line, async () => (await diary()).includes(line), PATIENCE_MS);
  const becomes = (state: string) =>
    until(state, async () => (await createGrantStore(store).find('g7kq2m9x'))?.state === state, PATIENCE_MS);
  const onHosts = async () =>
    (await diary()).filter((line) => line.includes(' on ')).map((line) => line.slice(line.indexOf(' ') + 1));
  const story = async () =>
    tellAudit((await createAuditLog(store).list({ customers: 'all', limit: 100 })).toReversed());

  async function open(): Promise<ChildProcess> {
    const first = await startReplica('A');
    await startReplica('B');
    await order(['A', 'request']);
    await did('A did request');
    await order(['B', 'approve']);
    await becomes('active');
    return first;
  }
  const CLEAN = ['apim-1', 'apim-2'].map((host) => `remove msro-g7kq2m9x on ${host}`);
  const STORY = [
    'U0DANA access.requested: Look for the timeouts of last night',
    'msops access.begun',
    'U0ALICE access.ended: revoked: stolen',
  ];

  it('end what is revoked in both at once, while both sweep, once', async () => {
    await open();
    await order(
      ...['A', 'B'].flatMap((who) => [[who, 'revoke'] as const, [who, 'sweep'] as const, [who, 'sweep'] as const]),
    );
    await becomes('ended');
    await order(['A', 'sweep'], ['B', 'sweep']);
    await did('B did sweep');
    expect((await onHosts()).filter((line) => line.startsWith('remove')).toSorted()).toEqual(CLEAN);
    expect(await story()).toEqual(STORY);
    const hosts = await createGrantStore(store).hosts('g7kq2m9x');
    expect(hosts.map(({ state, tries }) => `${state} ${tries}`)).toEqual(['removed 1', 'removed 1']);
  });

  it('end what is revoked in one when the other, which watched over it, has died', async () => {
    const first = await open();
    first.kill('SIGKILL');
    await order(['B', 'revoke'], ['B', 'sweep']);
    await becomes('ended');
    expect((await onHosts()).filter((line) => line.startsWith('remove')).toSorted()).toEqual(CLEAN);
    expect(await story()).toEqual(STORY);
  });
});
