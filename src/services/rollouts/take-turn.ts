import type { EnvironmentLock, Rollout } from './rollout.ts';
import type { RolloutDeps } from './rollout-deps.ts';

/** Somebody's wish and the end of the allowed hours are told at once; this is for what is not told. */
export const LOOK_EVERY_MS = 600_000;
export const LOCK_EVERY_MS = 10_000;

/** What the card says while a rollout waits, or goes on. */
export type Shown = Pick<Rollout, 'state' | 'note' | 'nextAt'>;

/** Takes the lock of the environment, or keeps it. @returns whose it is, when it is not ours. */
export async function takeLock(rollout: Rollout, { locks }: RolloutDeps): Promise<EnvironmentLock | undefined> {
  const { id: owner, customer, environment, requester: holder, plan } = rollout;
  const taken = await locks.take({ customer, environment, owner, holder, reason: plan.title });
  return taken.taken ? undefined : taken.held;
}

/** Waits until `next`, and looks now and then whether that is still so. */
export function waitUntil(next: Date, now: Date): number {
  return Math.min(next.getTime() - now.getTime(), LOOK_EVERY_MS);
}

export function pausedBy({ control }: Rollout): Shown {
  return { state: 'paused', note: `paused by ${control.by?.name ?? 'msops'}` };
}

/** Writes down what the card shall say, when it is something else than before. @returns whether it was. */
export async function writeShown({ id, ...found }: Rollout, shown: Shown, { store }: RolloutDeps): Promise<boolean> {
  const isSame =
    found.state === shown.state && found.note === shown.note && +(found.nextAt ?? 0) === +(shown.nextAt ?? 0);
  if (!isSame) {
    await store.update(id, (rollout) => ({ ...rollout, note: undefined, nextAt: undefined, ...shown }));
  }
  return !isSame;
}
