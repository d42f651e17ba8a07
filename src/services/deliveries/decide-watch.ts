import type { MessageState } from '../notifications/ports.ts';
import type { WatchedMessage } from './dispatch-ports.ts';

export interface Watching {
  readonly messages: readonly WatchedMessage[];
  readonly states: ReadonlyMap<string, MessageState>;
  readonly putAt: Date;
  readonly now: Date;
}

/** `late`: messages that Slack has, and had too late. */
export type WatchOutcome =
  | { readonly kind: 'again'; readonly inMs: number }
  | { readonly kind: 'over'; readonly late: readonly { readonly message: WatchedMessage; readonly postedAt: Date }[] };

const LATE_AFTER_MS = 60_000;
const LOOK_AGAIN_MS = 5_000;
const GIVE_UP_AFTER_MS = 7 * 86_400_000;

/** Looks until Slack has all messages, or never will. */
export function decideWatch({ messages, states, putAt, now }: Watching): WatchOutcome {
  const isOpen = messages.some(({ key }) => {
    const state = states.get(key);
    return state !== undefined && state.kind !== 'failed' && state.postedAt === undefined;
  });
  if (isOpen && now.getTime() - putAt.getTime() < GIVE_UP_AFTER_MS) {
    return { kind: 'again', inMs: LOOK_AGAIN_MS };
  }
  const late = messages.flatMap((message) => {
    const postedAt = states.get(message.key)?.postedAt;
    return postedAt !== undefined && postedAt.getTime() - putAt.getTime() > LATE_AFTER_MS
      ? [{ message, postedAt }]
      : [];
  });
  return { kind: 'over', late };
}
