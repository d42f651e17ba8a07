import { describe, expect, it } from 'vitest';
import { createDigestsJob, type DigestsJobDeps } from '../../../src/scheduler/digests.ts';
import type { Digest } from '../../../src/services/digests/digest.ts';
import type { DigestMark } from '../../../src/services/digests/due-digests.ts';
import { createFixedClock } from '../../support/fixed-clock.ts';
import { createRecordingLogger } from '../../support/recording-logger.ts';
import { aDigest, aDigestCustomer } from '../services/digests/digest-builders.ts';

const MINUTE = 60_000;
const DAILY = 'daily:acme/prod';

/** A bot whose memory and channels outlive it; 08:00 in Zurich is 07:00 here. */
function setUp(from: string) {
  const clock = createFixedClock(new Date(from));
  const memory = new Map<string, DigestMark>();
  const posted: { key: string; digest: Digest }[] = [];
  const trouble = { make: false, post: false, set: false };
  const logger = createRecordingLogger();
  const deps: DigestsJobDeps = {
    inventory: () => ({ customers: [aDigestCustomer()] }),
    digests: {
      async make(environment, kind, lateSince) {
        if (trouble.make) {
          throw new Error('nothing to be made');
        }
        return aDigest({ environment, kind, lateSince });
      },
    },
    memory: {
      get: async (key) => memory.get(key),
      async set(key, mark) {
        if (trouble.set) {
          throw new Error('store is away');
        }
        memory.set(key, mark);
      },
    },
    poster: {
      async post({ key, digest }) {
        if (trouble.post && posted.length > 0) {
          throw new Error('store is away');
        }
        posted.push({ key, digest });
      },
    },
    ...{ clock, logger },
  };
  const job = createDigestsJob(deps);
  async function tick(minutes: number): Promise<void> {
    clock.advance(minutes * MINUTE);
    await job.run(clock.now());
  }
  async function ticks(count: number): Promise<void> {
    for (let index = 0; index < count; index += 1) {
      await tick(5);
    }
  }
  return { job, tick, ticks, memory, posted, trouble, logger, keys: () => posted.map(({ key }) => key) };
}

describe('job digests', () => {
  it('looks every 5 minutes, and needs no slot made up', () => {
    expect(setUp('2026-03-01T00:00:00Z').job).toMatchObject({
      ...{ name: 'digests', schedule: '*/5 * * * *', missedSlots: 'skip' },
    });
  });

  it('puts the daily one into each ops channel and the weekly one into the shared channel, once', async () => {
    const { ticks, keys, posted } = setUp('2026-03-01T12:00:00Z');
    await ticks(24 * 12);
    expect(keys()).toEqual([
      'digest:daily:acme/prod:2026-03-02:C0ACMEOPS',
      'digest:daily:acme/prod:2026-03-02:C0OPSALL',
      'digest:weekly:acme/prod:2026-03-02:C0ACMESHARED',
    ]);
    expect(posted.every(({ digest }) => digest.lateSince === undefined)).toBe(true);
  });

  it('sends the latest one late when no bot was up for days', async () => {
    const { ticks, tick, posted } = setUp('2026-03-01T12:00:00Z');
    await ticks(1);
    await tick(5 * 24 * 60);
    expect(posted.map(({ key, digest }) => [key, digest.lateSince?.toISOString(), digest.lateBecause])).toEqual([
      ['digest:daily:acme/prod:2026-03-06:C0ACMEOPS', '2026-03-06T07:00:00.000Z', undefined],
      ['digest:daily:acme/prod:2026-03-06:C0OPSALL', '2026-03-06T07:00:00.000Z', undefined],
      ['digest:weekly:acme/prod:2026-03-02:C0ACMESHARED', '2026-03-02T08:30:00.000Z', undefined],
    ]);
  });

  it('sends nothing of the past at its first tick', async () => {
    const { ticks, keys, memory } = setUp('2026-03-02T12:00:00Z');
    await ticks(3);
    expect(keys()).toEqual([]);
    expect(memory.get(DAILY)?.date).toBe('2026-03-02');
  });

  it('tries again what failed, and says that it was no lack of bots', async () => {
    const { ticks, posted, trouble, logger } = setUp('2026-03-03T06:30:00Z');
    await ticks(1);
    trouble.make = true;
    await ticks(9);
    expect(posted).toEqual([]);
    expect(logger.lines[0]).toMatchObject({ level: 'error', fields: { digest: DAILY, date: '2026-03-03' } });
    trouble.make = false;
    await ticks(2);
    expect(posted.map(({ digest }) => digest.lateBecause)).toEqual(['failed', 'failed']);
  });

  it('puts under the same key what it may have put before', async () => {
    const { ticks, keys, trouble } = setUp('2026-03-03T06:50:00Z');
    await ticks(1);
    trouble.post = true;
    await ticks(1);
    trouble.post = false;
    await ticks(2);
    expect([keys().length, new Set(keys()).size]).toEqual([3, 2]);
  });

  it('loses nothing while its memory is away', async () => {
    const { ticks, keys, trouble } = setUp('2026-03-03T06:50:00Z');
    await ticks(1);
    trouble.set = true;
    await ticks(2);
    trouble.set = false;
    await ticks(3);
    expect(new Set(keys()).size).toBe(2);
  });
});
