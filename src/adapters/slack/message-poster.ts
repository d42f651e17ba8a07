import type { KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Message } from '../../domain/message.ts';
import { DeliveryFailure, type MessagePoster, type PostedMessage } from '../../services/notifications/ports.ts';
import { toDeliveryFailure } from './delivery-failure.ts';

const RESPONSE_URL_TIMEOUT_MS = 10_000;

/** Writes to Slack by the Web API and by response URLs, one call each. */
export function createMessagePoster(client: WebClient): MessagePoster {
  return {
    async post(to, message) {
      switch (to.kind) {
        case 'response_url':
          await respond(checkedUrl(to.responseUrl, client), message);
          return undefined;
        case 'ephemeral': {
          const { channelId: channel, userId: user, threadTs } = to;
          await call(() => client.chat.postEphemeral({ channel, user, ...thread(threadTs), ...content(message) }));
          return undefined;
        }
        case 'direct':
          return postTo(client, { channel: to.userId }, message);
        case 'channel':
          return postTo(client, { channel: to.channelId, ...thread(to.threadTs) }, message);
      }
    },
    async edit({ channelId: channel, ts }, { text, blocks = [] }) {
      // Blocks that are left out stay as they were, below a text that says something else.
      await call(() => client.chat.update({ channel, ts, ...content({ text, blocks }) }));
    },
    async permalink({ channelId: channel, ts }) {
      const { permalink } = await call(() => client.chat.getPermalink({ channel, message_ts: ts }));
      if (permalink === undefined) {
        throw new DeliveryFailure('permanent', { code: 'answer without permalink' });
      }
      return permalink;
    },
  };
}

async function postTo(
  client: WebClient,
  where: { channel: string; thread_ts?: string },
  message: Message,
): Promise<PostedMessage> {
  const { channel, ts } = await call(() =>
    client.chat.postMessage({ ...where, ...content(message), unfurl_links: false, unfurl_media: false }),
  );
  if (channel === undefined || ts === undefined) {
    throw new DeliveryFailure('permanent', { code: 'answer without channel and ts' });
  }
  return { channelId: channel, ts };
}

function thread(threadTs: string | undefined): { thread_ts?: string } {
  return threadTs === undefined ? {} : { thread_ts: threadTs };
}

function content({ text, blocks }: Message): { text: string; blocks?: KnownBlock[] } {
  return blocks === undefined ? { text } : { text, blocks: blocks as KnownBlock[] };
}

async function call<T>(send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    throw toDeliveryFailure(error);
  }
}

/** It comes back from the store: whoever can write there shall not make us call an address of theirs. */
function checkedUrl(responseUrl: string, { slackApiUrl }: WebClient): string {
  const url = URL.canParse(responseUrl) ? new URL(responseUrl) : undefined;
  const isSlack = url?.protocol === 'https:' && /^hooks\.slack(?:-gov)?\.com$/.test(url.hostname);
  if (!isSlack && url?.origin !== new URL(slackApiUrl).origin) {
    throw new DeliveryFailure('permanent', { code: 'response URL of a stranger' });
  }
  return responseUrl;
}

/** A response URL takes five messages in 30 minutes; after that it answers 404. */
async function respond(responseUrl: string, { text, blocks }: Message): Promise<void> {
  const body = JSON.stringify({ response_type: 'ephemeral', replace_original: false, text, blocks });
  const response = await fetch(responseUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
    redirect: 'error',
    signal: AbortSignal.timeout(RESPONSE_URL_TIMEOUT_MS),
  }).catch((cause: unknown) => {
    throw new DeliveryFailure('temporary', { code: 'no answer', cause });
  });
  await response.body?.cancel(); // Left unread it would hold the connection.
  if (response.ok) {
    return;
  }
  const code = `response URL answered HTTP ${response.status}`;
  if (response.status === 429) {
    const retryAfterMs = Number(response.headers.get('retry-after') ?? 1) * 1_000;
    throw new DeliveryFailure('rate_limited', { code, retryAfterMs });
  }
  throw new DeliveryFailure(response.status >= 500 ? 'temporary' : 'permanent', { code });
}
