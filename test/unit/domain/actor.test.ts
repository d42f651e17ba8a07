import { describe, expect, it } from 'vitest';
import { covers } from '../../../src/domain/actor.ts';

describe('covers', () => {
  it('takes everybody for all, and otherwise only those that are named', () => {
    expect(covers('all', 'acme')).toBe(true);
    expect(covers(['acme', 'globex'], 'globex')).toBe(true);
    expect(covers(['acme'], 'globex')).toBe(false);
    expect(covers([], 'acme')).toBe(false);
  });

  it('does not take a part of a name for the name', () => {
    expect(covers(['acme-bank'], 'acme')).toBe(false);
    expect(covers('all', 'a')).toBe(true);
  });
});
