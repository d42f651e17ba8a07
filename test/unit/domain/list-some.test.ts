import { describe, expect, it } from 'vitest';
import { listSome } from '../../../src/domain/list-some.ts';

describe('listSome', () => {
  it('names what has room, and counts the rest', () => {
    expect(listSome([], 2)).toBe('');
    expect(listSome(['a', 'b'], 2)).toBe('a, b');
    expect(listSome(['a', 'b', 'c', 'd'], 2)).toBe('a, b and 2 more');
  });
});
