import { describe, expect, it } from 'vitest';
import { UserError } from '../../../../src/domain/errors.ts';
import { parseStartTime } from '../../../../src/services/approvals/parse-start-time.ts';

/** Sunday, 04:00 in Berlin. */
const NOW = '2026-03-01T03:00:00Z';

function parse(text: string, now = NOW, zone = 'Europe/Berlin'): string {
  return parseStartTime(text, zone, new Date(now)).toISOString().slice(0, 16);
}

describe('parseStartTime', () => {
  it.each([
    ['05:00', '2026-03-01T04:00'],
    ['02:00', '2026-03-02T01:00'],
    ['4:00', '2026-03-02T03:00'],
    ['sun 05:00', '2026-03-01T04:00'],
    ['sun 02:00', '2026-03-08T01:00'],
    ['Sunday 2:00', '2026-03-08T01:00'],
    ['thurs at 22:15', '2026-03-05T21:15'],
    ['at 05:00', '2026-03-01T04:00'],
    ['today 22:00', '2026-03-01T21:00'],
    ['tomorrow  22:00', '2026-03-02T21:00'],
    ['2026-11-29 02:00', '2026-11-29T01:00'],
    ['2026–11–29T02:00', '2026-11-29T01:00'],
    ['in 2h', '2026-03-01T05:00'],
    ['in 1h30m', '2026-03-01T04:30'],
  ])('reads %s', (text, expected) => {
    expect(parse(text)).toBe(expected);
  });

  it('goes by the clocks of the environment', () => {
    expect(parse('05:00', NOW, 'Asia/Tokyo')).toBe('2026-03-01T20:00');
  });

  it.each([
    'soon',
    '',
    '2am',
    '25:00',
    '02:60',
    '2:0',
    'su 02:00',
    'sunny 02:00',
    'someday 02:00',
    '2026-02-30 02:00',
    '2026-13-01 02:00',
    'in a while',
    'in 0h',
    'in -2h',
    '02:00; rm -rf /',
  ])('does not guess what %j means, and gives examples', (text) => {
    expect(() => parse(text)).toThrow(
      expect.objectContaining({ name: 'UserError', hint: expect.stringContaining('`sun 02:00`') }),
    );
  });

  it.each(['today 03:59', 'today 04:00', '2026-02-28 22:00', '2025-11-29 02:00'])(
    'refuses %s, which is over',
    (text) => {
      expect(() => parse(text)).toThrow('That time is over: in Europe/Berlin it is 2026-03-01 04:00 now.');
    },
  );

  it('refuses what is more than a year ahead', () => {
    expect(() => parse('2062-11-29 02:00')).toThrow('more than a year ahead');
    expect(() => parse('in 999999d')).toThrow(UserError);
  });

  it.each(['02:30', 'sun 02:30', 'tomorrow 02:30', '2026-03-29 02:30'])(
    'refuses %s in the night in which clocks skip it, and names the next time',
    (text) => {
      const evening = '2026-03-28T20:00:00Z';
      expect(() => parse(text, evening)).toThrow(
        expect.objectContaining({
          message: 'The clocks of Europe/Berlin skip 2026-03-29 02:30.',
          hint: 'The first time after it is `2026-03-29 03:00`.',
        }),
      );
    },
  );

  it('means the next day once the skipped time is over', () => {
    expect(parse('02:30', '2026-03-29T10:00:00Z')).toBe('2026-03-30T00:30');
  });

  it('takes the first of two, and the second when the first is over', () => {
    expect(parse('sun 02:30', '2026-10-24T10:00:00Z')).toBe('2026-10-25T00:30');
    expect(parse('02:30', '2026-10-25T00:45:00Z')).toBe('2026-10-25T01:30');
    expect(parse('02:30', '2026-10-25T01:45:00Z')).toBe('2026-10-26T01:30');
  });
});
