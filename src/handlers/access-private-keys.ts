import { readPublicKey } from '../services/access/read-public-key.ts';
import { ACCESS_REQUEST_MODAL, KEY_INPUT } from '../views/access-request-modal.ts';

/**
 * PEM and OpenSSH with and without their first line, PuTTY, SSH2; also with the dashes that computers make of hyphens. A
 * request that only talks of private keys is none.
 */
const PRIVATE_KEY =
  /[-\u2010-\u2015]{2,}\s*(?:BEGIN|END)[\w ]{0,40}(?:PRIVATE|ENCRYPTED)[\w ]{0,20}|b3BlbnNzaC1rZXktdjE|PuTTY-User-Key-File|AGE-SECRET-KEY-/i;

const REMOVED = '[private key removed]';
const NOT_A_KEY = '[not a public key]';

type Body = Readonly<Record<string, unknown>>;

export function holdsPrivateKey(text: string): boolean {
  return PRIVATE_KEY.test(text);
}

/**
 * What Slack handed over without private keys, before anything is written down. Where a form asks for a public key,
 * nothing else passes: who sends it is told so by the answer to the very same submission.
 */
export function withoutPrivateKeys(payload: Body): Body {
  const isForm = field(payload.view, 'callback_id') === ACCESS_REQUEST_MODAL;
  const isSuspect = isForm || holdsPrivateKey(JSON.stringify(payload));
  return isSuspect ? (within(payload, '', isForm) as Body) : payload;
}

function within(part: unknown, name: string, isForm: boolean): unknown {
  if (typeof part === 'string') {
    return holdsPrivateKey(part) ? REMOVED : part;
  }
  if (Array.isArray(part)) {
    return part.map((item) => within(item, name, isForm));
  }
  if (typeof part !== 'object' || part === null) {
    return part;
  }
  const entries = Object.entries(part).map(([key, value]) =>
    isForm && name === KEY_INPUT && key === 'value' ? [key, keyOrNothing(value)] : [key, within(value, key, isForm)],
  );
  return Object.fromEntries(entries);
}

function keyOrNothing(value: unknown): unknown {
  if (typeof value !== 'string' || value.trim() === '') {
    return value;
  }
  const read = readPublicKey(value);
  return 'key' in read ? read.key : NOT_A_KEY;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Body)[name] : undefined;
}
