/** Something that the clock does. Runs once a slot, whichever replica is alive. */
export interface Job {
  /** Part of the ids of its runs: a new name forgets the slots of the old one. */
  readonly name: string;
  /** Cron in UTC, five fields or six with seconds in front. */
  readonly schedule: string;
  /** When no replica was up at its time: leave it, or run the latest missed slot at the next start. */
  readonly missedSlots: 'skip' | 'run_latest';
  /** May be called again for the same slot after a crash in the middle. @param slot The time of the schedule, not of the clock. */
  run(slot: Date): Promise<void>;
}
