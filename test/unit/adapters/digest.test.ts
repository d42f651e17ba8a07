import { describe, expect, it } from 'vitest';
import { digestOf } from '../../../src/adapters/digest.ts';

describe('digestOf', () => {
  it('is the SHA-256 of the canonical JSON', () => {
    expect(digestOf({ b: [1, 'é'], a: null })).toBe(digestOf({ a: null, b: [1, 'é'] }));
    expect(digestOf({})).toBe('44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a');
  });

  it('is the same before and after a way through JSON', () => {
    const payload = { at: new Date('2026-03-01T03:00:00Z'), missing: undefined, hosts: ['a'] };
    expect(digestOf(JSON.parse(JSON.stringify(payload)))).toBe(digestOf(payload));
  });

  it.each([
    [{ hosts: ['a'] }, { hosts: ['a', 'b'] }],
    [{ hosts: ['a', 'b'] }, { hosts: ['b', 'a'] }],
    [{ version: '1' }, { version: 1 }],
    [{ a: null }, {}],
  ])('tells %j from %j', (one, other) => {
    expect(digestOf(one)).not.toBe(digestOf(other));
  });

  it.each([[undefined], [Number.NaN], [{ size: 1n }]])('has none for %s, which is no JSON', (payload) => {
    expect(() => digestOf(payload)).toThrow();
  });
});
