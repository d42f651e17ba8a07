import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitProbeOutput } from '../../../../src/domain/probe-output.ts';
import { judgePlan } from '../../../../src/services/patching/judge-plan.ts';
import { countSecurity } from '../../../../src/services/patching/package-numbers.ts';
import { parseOs } from '../../../../src/services/patching/parse-os.ts';
import { debianText, partsText, RHEL_PARTS } from './probe-text.ts';

const DEBIAN = debianText('plan');

describe('whatever comes back', () => {
  const WHOLE = [DEBIAN, partsText(RHEL_PARTS)];

  it('is unknown for another family', () => {
    const sample = parseOs(splitProbeOutput('os|PRETTY_NAME="SLES 15"\nos=0\nfamily|other\nfamily=0\nend=0\n'));
    expect(sample.pending).toBeUndefined();
    expect(sample.gaps[0]).toContain('this is SLES 15');
  });

  it('never throws and never says that nothing is pending when it is cut', () => {
    fc.assert(
      fc.property(fc.constantFrom(...WHOLE), fc.double({ min: 0, max: 1, noNaN: true }), (text, share) => {
        const sample = parseOs(splitProbeOutput(text.slice(0, Math.floor((text.length - 1) * share))));
        const { level } = judgePlan(sample);
        expect(level === 'ok').toBe(false);
        expect(countSecurity(sample)).not.toBe(0);
        expect(sample.pending === undefined || sample.pending.length > 0).toBe(true);
      }),
    );
  });

  it('never throws and never says that nothing is pending when lines are lost or garbled', () => {
    const damaged = fc.record({ text: fc.constantFrom(...WHOLE), at: fc.nat(), by: fc.option(fc.string()) });
    fc.assert(
      fc.property(damaged, ({ text, at, by }) => {
        const lines = text.split('\n');
        const index = at % lines.length;
        lines.splice(index, 1, ...(by === null ? [] : [by.replaceAll('\n', ' ')]));
        const sample = parseOs(splitProbeOutput(lines.join('\n')));
        expect(sample.pending === undefined || sample.pending.length > 0).toBe(true);
        judgePlan(sample);
      }),
      { numRuns: 300 },
    );
  });

  it('never throws on garbage, and finds nothing in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        expect(parseOs(splitProbeOutput(text)).pending).toBeUndefined();
      }),
    );
  });
});
