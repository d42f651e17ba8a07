import cron, { type ScheduledTask } from 'node-cron';
import type { Clock } from '../domain/clock.ts';
import type { Logger } from '../domain/logger.ts';
import type { WorkflowEngine } from '../domain/workflow-engine.ts';
import type { Job } from './job.ts';
import { latestSlot } from './latest-slot.ts';

/** Remembers the last slot of each job, as ISO text. A Keyv will do. */
export interface SlotMemory {
  get(job: string): Promise<string | undefined>;
  set(job: string, slot: string): Promise<unknown>;
}

export interface SchedulerDeps {
  readonly jobs: readonly Job[];
  readonly engine: WorkflowEngine;
  readonly slots: SlotMemory;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface Scheduler {
  /** After the engine's launch: makes up missed slots, then ticks. */
  start(): Promise<void>;
  /** No further ticks. What runs is the engine's to stop. */
  stop(): Promise<void>;
}

/**
 * Every replica ticks; a tick starts a workflow whose id is the job and its slot, so it runs once and survives
 * the death of the replica that started it. Before the engine's launch: the jobs become its workflows.
 *
 * @throws {TypeError} when a schedule cannot be read.
 */
export function createScheduler(deps: SchedulerDeps): Scheduler {
  const { jobs, engine, logger } = deps;
  for (const job of jobs) {
    if (!cron.validate(job.schedule)) {
      throw new TypeError(`The schedule of the job ${job.name} cannot be read: ${job.schedule}`);
    }
    registerJob(job, engine, logger);
  }
  const tasks: ScheduledTask[] = [];

  return {
    async start() {
      for (const job of jobs) {
        const task = createTask(job, deps);
        tasks.push(task);
        await task.start();
        await makeUp(job, task, deps);
      }
    },
    async stop() {
      await Promise.all(tasks.map((task) => task.destroy()));
    },
  };
}

function workflowOf(job: Job): string {
  return `job:${job.name}`;
}

function registerJob(job: Job, engine: WorkflowEngine, logger: Logger): void {
  engine.register<{ slot: string }>({
    name: workflowOf(job),
    async run({ slot }, context) {
      await context.step(job.name, async () => {
        try {
          await job.run(new Date(slot));
        } catch (error) {
          logger.error('Job failed', { job: job.name, slot, error });
          throw error;
        }
      });
    },
  });
}

function createTask(job: Job, deps: SchedulerDeps): ScheduledTask {
  const tick = (date: Date) =>
    startSlot(job, date, deps).catch((error: unknown) => {
      deps.logger.error('Job not started', { job: job.name, error });
    });
  const task = cron.createTask(job.schedule, ({ date }) => tick(date), {
    name: job.name,
    timezone: 'Etc/UTC',
    logger: toCronLogger(deps.logger),
  });
  // This process was too busy, or asleep, at the time of the slot.
  task.on('execution:missed', ({ date }) => (job.missedSlots === 'run_latest' ? tick(date) : undefined));
  return task;
}

async function startSlot(job: Job, date: Date, { engine, slots }: SchedulerDeps): Promise<void> {
  const slot = new Date(Math.floor(date.getTime() / 1_000) * 1_000).toISOString();
  await engine.start(workflowOf(job), { id: `cron:${job.name}:${slot}`, input: { slot } });
  await slots.set(job.name, slot);
}

/** Also notes when the job was first seen, so that a new job is not "missed" since ever. */
async function makeUp(job: Job, task: ScheduledTask, deps: SchedulerDeps): Promise<void> {
  const { slots, clock, logger } = deps;
  const last = await slots.get(job.name);
  if (last === undefined) {
    await slots.set(job.name, clock.now().toISOString());
    return;
  }
  const missed = latestSlot({
    schedule: job.schedule,
    matches: (date) => task.match(date),
    after: new Date(last),
    until: clock.now(),
  });
  if (missed !== undefined && job.missedSlots === 'run_latest') {
    logger.info('Job makes up a missed slot', { job: job.name, slot: missed.toISOString() });
    await startSlot(job, missed, deps);
  }
}

function toCronLogger(logger: Logger) {
  const text = (entry: string | Error) => ({ entry: String(entry) });
  return {
    debug: (entry: string | Error) => logger.debug('node-cron says', text(entry)),
    info: (entry: string) => logger.debug('node-cron says', text(entry)),
    warn: (entry: string) => logger.warn('node-cron warns', text(entry)),
    error: (entry: string | Error) => logger.error('node-cron reports an error', text(entry)),
  };
}
