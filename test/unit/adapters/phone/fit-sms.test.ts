import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitSms } from '../../../../src/adapters/phone/fit-sms.ts';

describe('fitSms', () => {
  it('leaves alone what fits', () => {
    const text = `acme prod: ${'ä'.repeat(400)}`;
    expect(fitSms(text)).toBe(text);
    expect(fitSms('a'.repeat(459))).toHaveLength(459);
  });

  it('cuts at three parts and shows that it did', () => {
    expect(fitSms('a'.repeat(460))).toBe(`${'a'.repeat(456)}...`);
  });

  it('counts what is two septets twice', () => {
    expect(fitSms('['.repeat(300))).toBe(`${'['.repeat(228)}...`);
  });

  it('writes plainly what would make the whole text dearer', () => {
    expect(fitSms('“disk” – 97 % … → gw-2')).toBe('"disk" - 97 % ... -> gw-2');
  });

  it('has room for less when a character is in no GSM alphabet', () => {
    expect(fitSms('я'.repeat(201))).toHaveLength(201);
    expect(fitSms('я'.repeat(202))).toBe(`${'я'.repeat(198)}...`);
  });

  it('never cuts a character in two, and never says more than it was given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 600 }), (text) => {
        const fitted = fitSms(text);
        expect(fitted.isWellFormed()).toBe(true);
        expect(fitted.length).toBeLessThanOrEqual(459);
      }),
      { numRuns: 200 },
    );
  });
});
