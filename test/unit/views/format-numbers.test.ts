import { describe, expect, it } from 'vitest';
import { formatAge, formatDuration, formatPercent, formatShare, slackDate } from '../../../src/views/format-numbers.ts';
import { NOW } from '../../support/builders.ts';

describe('numbers in words', () => {
  it('shows an unknown percentage as unknown and rounds no percentage up', () => {
    expect(formatPercent(undefined)).toBe('unknown');
    expect(formatPercent(0)).toBe('0 %');
    expect(formatPercent(89.99)).toBe('89 %');
  });

  it.each([
    [0, '0 s'],
    [59.9, '59 s'],
    [60, '1 min'],
    [3599, '59 min'],
    [7200, '2 h'],
    [86_400 * 23.9, '23 d'],
    [-5, '0 s'],
  ])('shows %d seconds as %s', (seconds, words) => {
    expect(formatDuration(seconds)).toBe(words);
  });

  it('shows the age of something', () => {
    expect(formatAge(new Date(NOW.getTime() - 90_000), NOW)).toBe('1 min');
  });

  it('shows a share in the unit of the whole', () => {
    expect(formatShare(400 * 1024 ** 2, 1024 ** 3)).toBe('0.4 of 1.0 GiB');
    expect(formatShare(100 * 1024 ** 2, 256 * 1024 ** 2)).toBe('100 of 256 MiB');
  });

  it('lets Slack show a date in the time zone of its reader', () => {
    expect(slackDate(NOW)).toBe('<!date^1772334000^{date_short_pretty} {time_secs}|2026-03-01 03:00:00 UTC>');
  });
});
