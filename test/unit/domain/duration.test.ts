import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDuration, readDuration, spanInWords } from '../../../src/domain/duration.ts';

describe('readDuration', () => {
  it.each([
    ['90s', 90_000],
    ['15m', 900_000],
    ['4h', 14_400_000],
    ['7d', 604_800_000],
    ['1h30m', 5_400_000],
  ])('reads %s', (text, ms) => {
    expect(readDuration(text)).toBe(ms);
  });

  it.each(['', '15', '15 m', '-5m', '0s', '1.5h', 'm', '15M', '15min', '1e3s', '9999999d', '5m\n'])(
    'refuses %j',
    (text) => {
      expect(readDuration(text)).toBeUndefined();
    },
  );

  it('gives a positive whole number or nothing for any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const ms = readDuration(text);
        expect(ms === undefined || (Number.isSafeInteger(ms) && ms > 0)).toBe(true);
      }),
    );
  });
});

describe('parseDuration', () => {
  it('gives milliseconds', () => {
    expect(parseDuration('24h')).toBe(86_400_000);
  });

  it('says how to write one, and does not repeat what was typed', () => {
    expect(() => parseDuration('<!channel>')).toThrow(
      expect.objectContaining({
        name: 'UserError',
        message: 'That is not a duration.',
        hint: expect.stringContaining('`7d`'),
      }),
    );
  });
});

describe('spanInWords', () => {
  it.each([
    [9.9 * 86_400_000, '9 days'],
    [86_400_000, '1 day'],
    [86_399_999, '23 h'],
    [1_800_000, '30 min'],
    [0, '0 s'],
  ])('calls %d ms %s', (ms, words) => {
    expect(spanInWords(ms)).toBe(words);
  });
});
