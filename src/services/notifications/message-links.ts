import type { Logger } from '../../domain/logger.ts';
import type { MessageLinks, MessagePoster, OutboxRows } from './ports.ts';

/** A message never moves, so its link is asked for once; the oldest are forgotten. */
const MAX_REMEMBERED = 1_000;

export interface MessageLinksDeps {
  readonly rows: Pick<OutboxRows, 'whereIs'>;
  readonly poster: Pick<MessagePoster, 'permalink'>;
  readonly logger: Logger;
}

export function createMessageLinks({ rows, poster, logger }: MessageLinksDeps): MessageLinks {
  const known = new Map<string, string>();

  function remember(key: string, link: string): void {
    known.set(key, link);
    const [oldest = key] = known.keys();
    if (known.size > MAX_REMEMBERED) {
      known.delete(oldest);
    }
  }

  return {
    async linkTo(key) {
      const remembered = known.get(key);
      if (remembered !== undefined) {
        return remembered;
      }
      const posted = await rows.whereIs(key);
      if (posted === undefined) {
        return undefined;
      }
      try {
        const link = await poster.permalink(posted);
        remember(key, link);
        return link;
      } catch (error) {
        logger.warn('Message without a link', { key, error });
        return undefined;
      }
    },
  };
}
