import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '../../../../../src/adapters/store/embedded/embedded-postgres.ts';
import { ownIdentity } from '../../../../../src/adapters/store/process-identity.ts';
import { SetupError } from '../../../../../src/domain/errors.ts';
import { createRecordingLogger } from '../../../../support/recording-logger.ts';
import { until } from '../../../../support/until.ts';

const STAY = new URL('./stay.ts', import.meta.url).pathname;
const isLinux = process.platform === 'linux';

let base: string;
let directory: string;
const open = new Set<EmbeddedPostgres>();
const children = new Set<ChildProcess>();

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'msops-launcher-'));
  await chmod(base, 0o755);
  directory = join(base, 'data dir, with "odd" name');
});
afterEach(async () => {
  for (const child of children) {
    child.kill('SIGKILL');
  }
  for (const server of open) {
    await server.stop();
  }
  open.clear();
  children.clear();
});
afterAll(async () => {
  // Whatever failed above: no server stays behind.
  await (await start()).stop();
  await rm(base, { recursive: true, force: true });
});

async function start(where = directory, logger = createRecordingLogger()): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ directory: where, logger });
  open.add(server);
  return server;
}
async function leave(server: EmbeddedPostgres): Promise<void> {
  open.delete(server);
  await server.leave();
}
/** In another process, which can be killed. */
async function startElsewhere(where = directory) {
  const child = spawn(process.execPath, [STAY, where], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.add(child);
  const [said] = await once(child.stdout, 'data');
  return { child, said: String(said).trim() };
}
async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}
const pidFile = (where = directory) => join(where, 'postgres/data/postmaster.pid');
const postmaster = async (where = directory) => Number.parseInt(await readFile(pidFile(where), 'utf8'), 10);
const isRunning = (where = directory) =>
  access(pidFile(where)).then(
    () => true,
    () => false,
  );
async function ask(server: EmbeddedPostgres, sql: string, database = 'msops') {
  const client = new pg.Client(await server.connectTo(database));
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('startEmbeddedPostgres', () => {
  it('makes a server where there is nothing but half of one', async () => {
    await mkdir(join(directory, 'postgres/data.new'), { recursive: true });
    await writeFile(join(directory, 'postgres/data.new/PG_VERSION'), '18\n');

    const server = await start();

    expect(await ask(server, 'show listen_addresses')).toEqual([{ listen_addresses: '' }]);
    await ask(server, 'create table kept (word text); insert into kept values ($$still here$$)');
    expect((await stat(join(directory, 'postgres'))).mode & 0o777).toBe(0o700);
  });

  it('keeps its data, and stops with the last that leaves', async () => {
    const [first, second] = [await start(), await start()];
    const pid = await postmaster();

    await leave(first);
    expect(await postmaster()).toBe(pid);
    expect(await ask(second, 'select word from kept')).toEqual([{ word: 'still here' }]);
    await leave(second);

    expect(await isRunning()).toBe(false);
    expect(() => process.kill(pid, 0)).toThrow();
  });

  it('stays for somebody who is connected in another way', async () => {
    const server = await start();
    const client = new pg.Client({ ...(await server.connectTo('msops')), application_name: 'psql' });
    await client.connect();

    await leave(server);

    expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    await client.end();
    await leave(await start());
    expect(await isRunning()).toBe(false);
  });

  it('attaches to a server that outlived the process that started it', async () => {
    const { child, said } = await startElsewhere();
    expect(said).toBe('started');
    const pid = await postmaster();
    await kill(child);

    const server = await start();

    expect(await postmaster()).toBe(pid);
    await leave(server);
    expect(await isRunning()).toBe(false);
  });

  it('is started again when it is killed, also for those who use it', async () => {
    const logger = createRecordingLogger();
    const server = await start(directory, logger);
    const killed = await postmaster();
    process.kill(killed, 'SIGKILL');

    const word = await until('it answers again', () => ask(server, 'select word from kept').catch(() => undefined));

    expect(word).toEqual([{ word: 'still here' }]);
    expect(await postmaster()).not.toBe(killed);
    expect(logger.lines).toContainEqual(expect.objectContaining({ level: 'error' }));
  });

  it('starts after server and process were both killed', async () => {
    const { child } = await startElsewhere();
    const pid = await postmaster();
    child.kill('SIGSTOP');
    process.kill(pid, 'SIGKILL');
    await kill(child);

    expect(await ask(await start(), 'select word from kept')).toEqual([{ word: 'still here' }]);
  });

  it.runIf(isLinux)('takes a left-over pid file for stale though that pid is somebody else now', async () => {
    const stale = `${process.pid}\n${directory}/postgres/data\n0\n5432\n${directory}/postgres\n\n`;
    await writeFile(pidFile(), stale);
    await writeFile(join(directory, 'postgres/.s.PGSQL.5432.lock'), stale);

    expect(await ask(await start(), 'select word from kept')).toEqual([{ word: 'still here' }]);
  });

  it('takes the lock of a process that died while it started the server', async () => {
    const { child } = await startElsewhere();
    await kill(child);
    const dead = { ...ownIdentity(), pid: child.pid };
    await writeFile(join(directory, 'postgres/start.lock'), JSON.stringify(dead));

    expect(await ask(await start(), 'select word from kept')).toEqual([{ word: 'still here' }]);
  });

  it('stops for everybody when it is told to', async () => {
    const [first, second] = [await start(), await start()];
    const client = new pg.Client(await second.connectTo('msops'));
    client.on('error', () => undefined);
    await client.connect();
    const pid = await postmaster();

    await second.leave();
    open.delete(second);
    await first.stop();
    open.delete(first);

    expect(() => process.kill(pid, 0)).toThrow();
  });

  it('is made once when two processes start at once, also where the path is too long for a socket', async () => {
    const deep = join(base, 'deep', 'x'.repeat(100));

    const said = await Promise.all([startElsewhere(deep), startElsewhere(deep)]);

    expect(said.map((each) => each.said).toSorted()).toEqual(['attached', 'started']);
    const server = await start(deep);
    expect(Buffer.byteLength(server.socketDirectory)).toBeLessThan(90);
    expect((await stat(server.socketDirectory)).mode & 0o777).toBe(0o700);
    await server.stop();
    open.delete(server);
    await rm(server.socketDirectory, { recursive: true });
  });

  it('says what to do about a file where the directory should be', async () => {
    const file = join(base, 'file');
    await writeFile(file, '');

    const failure = await start(file).catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(SetupError);
    expect((failure as Error).message).toMatch(/file where a directory has to be.*MSOPS_DATA_DIR.*DATABASE_URL/);
  });

  it('says what to do about a directory that it may not write', async () => {
    // Modes do not stop root; sysfs does.
    const isRoot = process.getuid?.() === 0;
    const closed = isRoot ? '/sys/msops' : join(base, 'closed');
    if (!isRoot) {
      await mkdir(closed, { mode: 0o500 });
    }

    const failure = await start(closed).catch((error: unknown) => error);

    expect((failure as Error).message).toMatch(/may not be used\. Check its owner and mode/);
  });

  it('refuses the data of another major version', async () => {
    const old = join(base, 'old');
    await mkdir(join(old, 'postgres/data'), { recursive: true });
    await writeFile(join(old, 'postgres/data/PG_VERSION'), '17\n');

    await expect(start(old)).rejects.toThrow(/written by PostgreSQL 17, and this msops brings 18\. Dump it/);
  });
});
