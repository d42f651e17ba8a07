/** How fast an app may post into one channel. */
export interface PostLimit {
  /** Messages that may come at once after a quiet while. */
  readonly burst: number;
  readonly perSecond: number;
}

export interface PostPacer {
  /** Takes one message. Returns the seconds to wait when it is one too many, as in `Retry-After`; 0 when it may pass. */
  take(channel: string): number;
}

/** One bucket a channel, as Slack documents `chat.postMessage`: 1 a second, short bursts are let through. */
export function createPostPacer(limit: PostLimit | undefined): PostPacer {
  const buckets = new Map<string, { left: number; at: number }>();
  return {
    take(channel) {
      if (limit === undefined) {
        return 0;
      }
      const now = Date.now();
      const { left, at } = buckets.get(channel) ?? { left: limit.burst, at: now };
      const refilled = Math.min(limit.burst, left + ((now - at) / 1000) * limit.perSecond);
      const isAllowed = refilled >= 1;
      buckets.set(channel, { left: isAllowed ? refilled - 1 : refilled, at: now });
      return isAllowed ? 0 : Math.max(1, Math.ceil((1 - refilled) / limit.perSecond));
    },
  };
}
