import { describe, expect, it } from 'vitest';
import { count } from '../../../src/domain/count.ts';

describe('count', () => {
  it.each([
    [0, '0 hosts'],
    [1, '1 host'],
    [2, '2 hosts'],
  ])('says of %i: %s', (number, words) => {
    expect(count(number, 'host')).toBe(words);
  });

  it('takes the words for more than one where an s is not enough', () => {
    expect(count(1, 'host has failed', 'hosts have failed')).toBe('1 host has failed');
    expect(count(3, 'host has failed', 'hosts have failed')).toBe('3 hosts have failed');
  });
});
