import type { Clock } from '../domain/clock.ts';
import type { Inventory } from '../domain/inventory.ts';
import type { Logger } from '../domain/logger.ts';
import type { Digest, DigestService } from '../services/digests/digest.ts';
import { type DigestMark, type DueDigest, dueDigests, latestDigests } from '../services/digests/due-digests.ts';
import type { Job } from './job.ts';

/** Remembers by `kind:customer/environment` what was sent last. A Keyv will do, one that forgets nothing. */
export interface DigestMemory {
  get(calendar: string): Promise<DigestMark | undefined>;
  set(calendar: string, mark: DigestMark): Promise<unknown>;
}

/** Puts digests into channels. */
export interface DigestPoster {
  /** @param posting.key the same for the same day and channel: told twice, it is one message. */
  post(posting: { readonly key: string; readonly channelId: string; readonly digest: Digest }): Promise<void>;
}

export interface DigestsJobDeps {
  /** Asked at each run, since it can be reloaded. */
  inventory(): Inventory;
  readonly digests: DigestService;
  readonly memory: DigestMemory;
  readonly poster: DigestPoster;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Looks every 5 minutes which digests are due by their customers' clocks. One that fails is tried again the next time, so
 * no slot has to be made up.
 */
export function createDigestsJob(deps: DigestsJobDeps): Job {
  const { inventory, memory, clock, logger } = deps;
  return {
    name: 'digests',
    schedule: '*/5 * * * *',
    missedSlots: 'skip',
    async run() {
      const now = clock.now();
      const calendar = latestDigests(inventory().customers, now);
      const marks = new Map<string, DigestMark>();
      for (const { key } of calendar) {
        const mark = await memory.get(key);
        if (mark !== undefined) {
          marks.set(key, mark);
        }
      }
      for (const due of dueDigests(calendar, marks, now)) {
        try {
          await settle(due, deps);
        } catch (error) {
          logger.error('Digest not sent', { digest: due.key, date: due.date, error });
          await noteFailure(due, marks.get(due.key), deps);
        }
      }
    },
  };
}

async function settle(due: DueDigest, { digests, memory, poster }: DigestsJobDeps): Promise<void> {
  const { key, kind, environment, channelIds, date, lateSince, lateBecause } = due;
  if (due.decision === 'send' && channelIds.length > 0) {
    const digest = { ...(await digests.make(environment, kind, lateSince)), lateBecause };
    for (const channelId of channelIds) {
      await poster.post({ key: `digest:${key}:${date}:${channelId}`, channelId, digest });
    }
  }
  // Remembered after it was put: put twice is one message, put never would be silence.
  await memory.set(key, due.mark);
}

/** So that the next attempt does not say that no bot was up. */
async function noteFailure(due: DueDigest, mark: DigestMark | undefined, { memory, logger }: DigestsJobDeps) {
  if (mark !== undefined && due.decision === 'send') {
    await memory.set(due.key, { ...mark, failed: due.date }).catch((error: unknown) => {
      logger.error('Failure of a digest not noted', { digest: due.key, error });
    });
  }
}
