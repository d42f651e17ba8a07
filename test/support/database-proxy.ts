import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Stands between the bot and PostgreSQL, to be away or silent when a test says so. */
export interface DatabaseProxy {
  /** Leads through here to the same database. */
  readonly url: string;
  /** What the bot asks still arrives; the answers are held back. */
  holdAnswers(): void;
  /** Breaks every connection, and each new one at once. */
  cut(): void;
  /** Passes on what was held back, and everything from now on. */
  restore(): void;
  close(): Promise<void>;
}

const SOCKET = '.s.PGSQL.5432';

export async function startDatabaseProxy(databaseUrl: string): Promise<DatabaseProxy> {
  const target = join(new URL(databaseUrl).searchParams.get('host') ?? '', SOCKET);
  const directory = mkdtempSync(join(tmpdir(), 'msops-proxy-'));
  const pairs = new Set<readonly [net.Socket, net.Socket]>();
  let mode: 'open' | 'holding' | 'cut' = 'open';

  const server = net.createServer((client) => {
    client.on('error', () => client.destroy());
    if (mode === 'cut') {
      client.destroy();
      return;
    }
    const database = net.connect(target);
    const pair = [client, database] as const;
    pairs.add(pair);
    database.on('error', () => database.destroy());
    database.on('data', (chunk) => client.write(chunk));
    client.on('data', (chunk) => database.write(chunk));
    client.on('close', () => database.destroy());
    database.on('close', () => {
      pairs.delete(pair);
      client.destroy();
    });
    if (mode === 'holding') {
      database.pause();
    }
  });
  await once(server.listen(join(directory, SOCKET)), 'listening');
  const url = new URL(databaseUrl);
  url.searchParams.set('host', directory);

  return {
    url: url.href,
    holdAnswers() {
      mode = 'holding';
      pairs.forEach(([, database]) => void database.pause());
    },
    cut() {
      mode = 'cut';
      pairs.forEach(([client]) => void client.destroy());
    },
    restore() {
      mode = 'open';
      pairs.forEach(([, database]) => void database.resume());
    },
    async close() {
      pairs.forEach(([client]) => void client.destroy());
      await new Promise((resolve) => server.close(resolve));
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
