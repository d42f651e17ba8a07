import { describe, expect, it } from 'vitest';
import { looksLikeId, shortId } from '../../../src/domain/short-id.ts';

describe('shortId', () => {
  it('is the same for the same text, and another for another', () => {
    const ids = Array.from({ length: 2_000 }, (_, index) => shortId(`command:U0ALICE:${index}`));
    expect(new Set(ids).size).toBe(2_000);
    expect(shortId('command:U0ALICE:7')).toBe(ids[7]);
  });

  it('has eight letters and digits that nobody mistakes for one another', () => {
    const ids = Array.from({ length: 500 }, (_, index) => shortId(`${index}`));
    expect(ids.every((id) => /^[a-km-np-z2-9]{8}$/.test(id))).toBe(true);
    expect(new Set(ids.join('')).size).toBe(32);
  });
});

describe('looksLikeId', () => {
  it('knows ids of approvals and rollouts from what somebody forged', () => {
    expect(['7kq2m9xd', '7kq2m9xd-1'].map(looksLikeId)).toEqual([true, true]);
    expect(['', 'a b', 'a\u0000', 'x'.repeat(65), "'; drop"].map(looksLikeId)).toEqual([...Array(5)].map(() => false));
  });
});
