import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Digest } from '../services/approvals/ports.ts';

/**
 * Two payloads have one digest exactly when they are the same JSON, whatever the order of their keys.
 *
 * @throws when it is no JSON: what cannot be written down cannot be approved.
 */
export const digestOf: Digest = (payload) => {
  const text = canonicalize(payload);
  if (text === undefined) {
    throw new TypeError('There is nothing to make a digest of.');
  }
  return createHash('sha256').update(text).digest('hex');
};
