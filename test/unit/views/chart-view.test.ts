import { describe, expect, it } from 'vitest';
import { checkBlocks } from '../../../sandbox/slack/blocks/check-blocks.ts';
import {
  type ChartRequest,
  chartDrawingView,
  chartFailedView,
  chartView,
  noChartView,
} from '../../../src/views/chart-view.ts';
import { anEnvironment } from '../../support/world.ts';
import { aChart, aSeries } from './charts/chart-builders.ts';
import { EVIL } from './rollout-builders.ts';

const REQUEST: ChartRequest = {
  ...{
    environment: 'acme/prod',
    metric: 'cpu_busy_percent',
    hosts: [],
    sinceMs: 3_600_000,
    key: 'chart:C0ACMEOPS:r-1',
  },
};

describe('the messages of a chart', () => {
  it('are taken by Slack, however many hosts there are and whatever they are called', () => {
    const hosts = Array.from({ length: 60 }, (_, index) => `${EVIL}${'h'.repeat(90)}${index}`);
    const chart = aChart({ series: hosts.map((host) => aSeries(host)), source: EVIL });
    const request = { ...REQUEST, hosts };
    const pictures = [{ kind: 'drawn', fileId: 'F1' } as const, { kind: 'missing', reason: EVIL } as const];
    const messages = [
      ...pictures.map((picture) => chartView(request, chart, picture)),
      ...[chartDrawingView(request), chartFailedView(request), noChartView(anEnvironment('acme', 'dev', []))],
    ];
    for (const { blocks, text } of messages) {
      expect(checkBlocks(blocks, 'message')).toEqual([]);
      const marked = JSON.stringify([blocks, text], (key, value) => (key === 'alt_text' ? 'plain text' : value));
      expect(marked).not.toContain('<!channel>');
    }
  });

  it('name the span as people do', () => {
    const spans = [3_600_000, 86_400_000, 7 * 86_400_000, 5_400_000].map(
      (sinceMs) => chartDrawingView({ ...REQUEST, sinceMs }).text,
    );
    expect(spans.map((text) => /last (.*) …/.exec(text)?.[1])).toEqual(['1 h', '24 h', '7 d', '1 h']);
  });
});
