import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { systemClock } from '../../src/adapters/clock/system-clock.ts';
import { createLeases } from '../../src/adapters/store/leases.ts';
import type { Store } from '../../src/adapters/store/open-store.ts';
import { createRecordingLogger } from './recording-logger.ts';

/** A process of its own that leads until it is killed, and says when its work begins and ends. To be frozen. */
const [connectionString, owner = '', lastsMs] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString, max: 2 });
const store = { pool } as unknown as Store;
const settings = { lastsMs: Number(lastsMs) };
const leases = createLeases({ store, owner, clock: systemClock, logger: createRecordingLogger(), settings });

const work = async (signal: AbortSignal): Promise<void> => {
  process.stdout.write('begun\n');
  while (!signal.aborted) {
    await delay(5);
  }
  process.stdout.write('ended\n');
};
await leases.lead('watch', work, new AbortController().signal);
