import { format, inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../../src/domain/secret.ts';

describe('Secret', () => {
  const secret = new Secret('xoxb-hidden');

  it('reveals its value when asked to', () => {
    expect(secret.reveal()).toBe('xoxb-hidden');
  });

  it.each([
    ['a template', () => `${secret}`],
    ['String', () => String(secret)],
    ['JSON', () => JSON.stringify({ token: secret })],
    ['inspect', () => inspect({ deep: { token: secret } }, { depth: 5, showHidden: true })],
    ['format', () => format('%s %o %j', secret, secret, secret)],
    ['its keys', () => JSON.stringify([Object.entries(secret), Object.getOwnPropertyNames(secret)])],
    ['a copy', () => inspect({ ...secret })],
    ['an error', () => inspect(new Error('failed', { cause: { token: secret } }))],
  ])('does not show itself in %s', (_where, print) => {
    expect(print()).not.toContain('hidden');
  });
});
