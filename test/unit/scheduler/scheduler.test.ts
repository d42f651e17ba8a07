import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/adapters/clock/system-clock.ts';
import { createMemoryEngine } from '../../../src/adapters/engine/memory-engine.ts';
import type { Clock } from '../../../src/domain/clock.ts';
import type { Job } from '../../../src/scheduler/job.ts';
import { createScheduler, type Scheduler } from '../../../src/scheduler/scheduler.ts';
import { createRecordingLogger } from '../../support/recording-logger.ts';
import { until } from '../../support/until.ts';

const EVERY_SECOND = '* * * * * *';
const clockAt = (iso: string): Clock => ({ ...systemClock, now: () => new Date(iso) });

describe('createScheduler', () => {
  const running: Scheduler[] = [];
  afterEach(async () => {
    await Promise.all(running.splice(0).map(({ stop }) => stop()));
  });

  async function startWith(job: Partial<Job>, setup: { replicas?: number; last?: string; clock?: Clock } = {}) {
    const slots = new Map(setup.last ? [['probe', setup.last]] : []);
    const runs: string[] = [];
    const logger = createRecordingLogger();
    const engine = createMemoryEngine({ clock: systemClock });
    const jobs: Job[] = [
      {
        name: 'probe',
        schedule: EVERY_SECOND,
        missedSlots: 'skip',
        run: async (slot) => void runs.push(slot.toISOString()),
        ...job,
      },
    ];
    const memory = {
      get: async (key: string) => slots.get(key),
      set: async (key: string, at: string) => slots.set(key, at),
    };
    const schedulers = Array.from({ length: setup.replicas ?? 1 }, () =>
      createScheduler({ jobs, engine, slots: memory, clock: setup.clock ?? systemClock, logger }),
    );
    running.push(...schedulers);
    await engine.launch();
    await Promise.all(schedulers.map(({ start }) => start()));
    return { runs, slots, logger };
  }

  it('runs a slot once though every replica ticks', async () => {
    const { runs } = await startWith({}, { replicas: 3 });

    await until('two slots ran', () => runs.length >= 2);

    expect(new Set(runs).size).toBe(runs.length);
    expect(runs.every((slot) => slot.endsWith('.000Z'))).toBe(true);
  });

  it('remembers the last slot of a job', async () => {
    const { runs, slots } = await startWith({});

    await until('a slot ran', () => runs.length > 0);

    expect(slots.get('probe')).toBe(runs.at(-1));
  });

  it('makes up the latest of the slots that were missed, and only that', async () => {
    const { runs } = await startWith(
      { schedule: '0 3 * * *', missedSlots: 'run_latest' },
      { last: '2026-03-01T03:00:00.000Z', clock: clockAt('2026-03-04T08:30:12.000Z') },
    );

    await until('the slot ran', () => runs.length > 0);

    expect(runs).toEqual(['2026-03-04T03:00:00.000Z']);
  });

  it('leaves missed slots of a job that says so', async () => {
    const { slots } = await startWith(
      { schedule: '0 3 * * *', missedSlots: 'skip' },
      { last: '2026-03-01T03:00:00.000Z', clock: clockAt('2026-03-04T08:30:12.000Z') },
    );

    expect(slots.get('probe')).toBe('2026-03-01T03:00:00.000Z');
  });

  it('does not take the past of a new job for missed', async () => {
    const { slots } = await startWith(
      { schedule: '0 3 * * *', missedSlots: 'run_latest' },
      { clock: clockAt('2026-03-04T08:30:12.000Z') },
    );

    expect(slots.get('probe')).toBe('2026-03-04T08:30:12.000Z');
  });

  it('logs a job that fails and goes on with its next slot', async () => {
    let calls = 0;
    const { logger } = await startWith({
      run: async () => {
        calls += 1;
        throw new Error('no route');
      },
    });

    await until('it ran twice', () => calls >= 2);

    expect(logger.lines).toContainEqual(
      expect.objectContaining({
        level: 'error',
        message: 'Job failed',
        fields: expect.objectContaining({ job: 'probe' }),
      }),
    );
  });

  it('refuses a schedule that it cannot read', () => {
    const engine = createMemoryEngine({ clock: systemClock });
    const jobs: Job[] = [{ name: 'odd', schedule: 'every day', missedSlots: 'skip', run: async () => {} }];
    const slots = { get: async () => undefined, set: async () => true };

    expect(() => createScheduler({ jobs, engine, slots, clock: systemClock, logger: createRecordingLogger() })).toThrow(
      /job odd cannot be read: every day/,
    );
  });
});
