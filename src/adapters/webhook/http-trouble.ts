import type { TroubleClass } from '../../services/deliveries/ports.ts';
import type { Post, PostOutcome } from './post-json.ts';

interface Words {
  readonly class: TroubleClass;
  readonly what: string;
  readonly next: string;
}

const AGAIN = 'It is tried again.';
const BY_STATUS: Readonly<Record<number, Words>> = {
  401: { class: 'auth', what: 'refused our token', next: '' },
  403: { class: 'auth', what: 'does not allow us to post', next: '' },
  404: { class: 'not_configured', what: 'is not at that address', next: 'Correct `url` in msops.yml.' },
  405: { class: 'not_configured', what: 'takes no POST', next: 'Correct `url` in msops.yml.' },
  408: { class: 'timeout', what: 'did not wait for us', next: AGAIN },
  410: { class: 'not_configured', what: 'is no longer there', next: 'Correct `url` in msops.yml.' },
  413: { class: 'too_big', what: 'does not take a message of this size', next: 'Ask for a higher limit there.' },
  425: { class: 'temporary', what: 'says to try later', next: AGAIN },
  429: { class: 'quota', what: 'takes no more for now', next: AGAIN },
};
const LATER: readonly number[] = [408, 425, 429];

/** @param answer Status, and the start of what was said with it. */
export function readHttpAnswer(
  { name, token }: Pick<Post, 'name' | 'token'>,
  { status, said }: { readonly status: number; readonly said: string },
): PostOutcome {
  if (status >= 200 && status < 300) {
    return { kind: 'taken' };
  }
  const words = wordsFor(status);
  const next = words.class === 'auth' ? authNext(token) : words.next;
  const text = `${name} ${words.what} (${[status, said].filter(Boolean).join(' ')}). ${next}`;
  const isPassing = status >= 500 || LATER.includes(status);
  return { kind: isPassing ? 'later' : 'refused', trouble: { class: words.class, text } };
}

function wordsFor(status: number): Words {
  const known = BY_STATUS[status];
  if (known) {
    return known;
  }
  if (status >= 500) {
    return { class: 'temporary', what: 'is in trouble', next: AGAIN };
  }
  return status >= 300 && status < 400
    ? {
        class: 'not_configured',
        what: 'sends us elsewhere',
        next: 'Redirects are not followed: set the final address as `url`.',
      }
    : { class: 'rejected_content', what: 'refused the message', next: 'Look into its log.' };
}

function authNext(token: string | undefined): string {
  return token === undefined ? 'Set its `token` in msops.yml.' : `Check the secret ${token}.`;
}
