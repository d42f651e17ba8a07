import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearest } from '../../../src/domain/nearest.ts';

describe('nearest', () => {
  it.each([
    ['prdo', 'prod'],
    ['statsu', 'status'],
    ['PROD', 'prod'],
    ['acme-prod', 'acme/prod'],
    ['de', 'dev'],
  ])('takes %s for %s', (word, meant) => {
    expect(nearest(word, ['prod', 'dev', 'status', 'acme/prod'])).toBe(meant);
  });

  it.each(['zzzz', 'x', '', 'prod'.repeat(20)])('has no idea what %j is', (word) => {
    expect(nearest(word, ['prod', 'dev', 'status'])).toBeUndefined();
  });

  it('answers in the spelling of the candidate', () => {
    expect(nearest('mi_2', ['Mi_1'])).toBe('Mi_1');
  });

  it('has no answer without candidates', () => {
    expect(nearest('prod', [])).toBeUndefined();
  });

  it('answers with a candidate or not at all', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), (word, candidates) => {
        const match = nearest(word, candidates);
        expect(match === undefined || candidates.includes(match)).toBe(true);
      }),
    );
  });
});
