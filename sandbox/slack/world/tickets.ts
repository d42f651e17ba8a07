import { randomBytes } from 'node:crypto';
import type { Hook, Trigger } from './model.ts';
import type { World } from './world.ts';

const HOOK_LIFE_MS = 30 * 60_000;
const HOOK_USES = 5;

/** The right to open one modal for one person, for a short while. */
export function createTrigger(
  world: World,
  trigger: { userId: string; ttlMs: number; viewId?: string | undefined },
): Trigger {
  const { userId, ttlMs, viewId } = trigger;
  const id = `${world.nextId('')}.${1_700_000_000}.${randomBytes(16).toString('hex')}`;
  const created: Trigger = { id, userId, viewId, expiresAt: Date.now() + ttlMs, used: false };
  world.triggers.set(id, created);
  return created;
}

/** What the app can answer by, without a token: five times within half an hour. */
export function createHook(
  world: World,
  hook: Pick<Hook, 'channel' | 'userId'> & Partial<Pick<Hook, 'threadTs' | 'originalTs'>>,
): Hook {
  // Unguessable, as it is a capability: whoever has the address may post.
  const id = `${world.nextId('H')}-${randomBytes(12).toString('hex')}`;
  const created: Hook = { ...hook, id, expiresAt: Date.now() + HOOK_LIFE_MS, usesLeft: HOOK_USES };
  world.hooks.set(id, created);
  return created;
}
