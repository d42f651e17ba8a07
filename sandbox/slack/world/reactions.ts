import type { StoredMessage } from './model.ts';
import type { World } from './world.ts';

/** @returns false when there is nothing to change */
export function toggleReaction(
  world: World,
  message: StoredMessage,
  reaction: { name: string; userId: string; change: 'add' | 'remove' },
): boolean {
  const { name, userId, change } = reaction;
  const users = message.reactions.find((one) => one.name === name)?.users ?? [];
  if (users.includes(userId) === (change === 'add')) {
    return false;
  }
  if (change === 'remove') {
    users.splice(users.indexOf(userId), 1);
  } else if (users.length === 0) {
    message.reactions.push({ name, users: [userId] });
  } else {
    users.push(userId);
  }
  const kept = message.reactions.filter((one) => one.users.length > 0);
  message.reactions.splice(0, message.reactions.length, ...kept);
  world.changed();
  return true;
}
