import { describe, expect, it } from 'vitest';
import { METRICS } from '../../../../src/domain/metric.ts';
import { formatMetric, METRIC_WORDS, readMetric } from '../../../../src/views/charts/metric-words.ts';

describe('readMetric', () => {
  it('knows each metric by its word, by its own name and in capitals', () => {
    for (const metric of METRICS) {
      expect([METRIC_WORDS[metric].word, metric, metric.toUpperCase()].map(readMetric)).toEqual([
        metric,
        metric,
        metric,
      ]);
    }
  });

  it.each([
    ['old-gen', 'old_gen_used_percent'],
    ['ram', 'memory_used_percent'],
    ['oldgen', 'old_gen_used_percent'],
  ])('reads %s as %s', (typed, metric) => expect(readMetric(typed)).toBe(metric));

  it.each([
    ['memry', 'memory'],
    ['dsik', 'disk'],
    ['xyzzy', undefined],
  ])('suggests for %s: %s', (typed, nearest) => expect(readMetric(typed)).toEqual({ nearest }));
});

describe('formatMetric', () => {
  it('rounds down, so that nothing looks as if it had reached a threshold', () => {
    expect(formatMetric('cpu_busy_percent', 89.99)).toBe('89 %');
    expect(formatMetric('reachable', 0.5)).toBe('50 %');
    expect(formatMetric('load_per_core', 1.239)).toBe('1.23');
  });
});
