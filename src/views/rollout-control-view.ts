import type { Message } from '../domain/message.ts';
import type { Rollout } from '../services/rollouts/rollout.ts';
import type { RolloutWish } from '../services/rollouts/rollout-service.ts';
import { code } from './mrkdwn.ts';
import { rolloutRef } from './rollout-state.ts';
import { sentence } from './rollout-text.ts';
import { said } from './said.ts';

const WORDS: Record<RolloutWish | 'take_back', readonly [icon: string, words: string]> = {
  pause: ['⏸️', 'It pauses as soon as the hosts in work have come to their end'],
  resume: ['🔄', 'It goes on'],
  abort: ['⏹️', 'It is aborted; hosts in work come to their end, the others are left alone'],
  take_back: ['⏹️', 'It is taken back, and nothing was done on any host'],
};

/** For the one who clicked. */
export function rolloutControlView(wish: RolloutWish, rollout: Rollout): Message {
  const [icon, words] = WORDS[wish === 'abort' && rollout.startedAt === undefined ? 'take_back' : wish];
  return said(`${icon} ${words}: *${sentence(rolloutRef(rollout))}*, rollout ${code(rollout.id)}.`);
}
