import { describe, expect, it } from 'vitest';
import { summarizeReports } from '../../../src/views/status-summary.ts';
import { aLostReport, aReport } from '../../support/builders.ts';

const fullDisk = aReport('mi-2', {
  level: 'warning',
  findings: [{ level: 'warning', text: '/var 84 % full (warning from 80 %)' }],
});

describe('summarizeReports', () => {
  it('is one line that says how many are well and what is wrong with the rest', () => {
    const healthy = ['a', 'b', 'c', 'd', 'e'].map((host) => aReport(host));
    expect(summarizeReports([fullDisk, ...healthy])).toBe('5 of 6 healthy, 1 warning: mi-2 /var 84 % full');
  });

  it('is calm when nothing is wrong', () => {
    expect(summarizeReports([aReport('a'), aReport('b')])).toBe('all 2 hosts healthy');
    expect(summarizeReports([aReport('a')])).toBe('a is healthy');
  });

  it('begins with the worst and names three of each', () => {
    const lost = ['e1', 'e2', 'e3', 'e4', 'e5'].map((host) => aLostReport(host));
    expect(summarizeReports([...lost, fullDisk])).toBe(
      '0 of 6 healthy, 5 unreachable: e1 (refused), e2 (refused), e3 (refused) and 2 more; 1 warning: mi-2 /var 84 % full',
    );
  });

  it('leaves reasons and thresholds to the lines below', () => {
    const text = 'apim is not running: no JVM with -Dcarbon.home=/opt/wso2';
    const down = aReport('gw-2', { level: 'critical', findings: [{ level: 'critical', text }] });
    expect(summarizeReports([down])).toBe('0 of 1 healthy, 1 critical: gw-2 apim is not running');
  });

  it('counts an unknown host as not healthy', () => {
    const unknown = aReport('gw-2', { level: 'unknown', findings: [{ level: 'unknown', text: 'memory: no output' }] });
    expect(summarizeReports([unknown, aReport('a')])).toBe('1 of 2 healthy, 1 unknown: gw-2 memory: no output');
  });
});
