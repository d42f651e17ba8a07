import { describe, expect, it } from 'vitest';
import {
  type AskedCertificates,
  judgeCertificates,
  knownAfter,
} from '../../../../src/services/certificates/judge-certificates.ts';
import { NOW } from '../../../support/builders.ts';
import { aReportOf, inDays, known, SHOWN, STORES } from './certificate-world.ts';

function judge(asked: Partial<AskedCertificates>) {
  return judgeCertificates({ host: 'is-1', now: NOW, before: undefined, answer: [], ...asked });
}

const levels = (asked: Partial<AskedCertificates>) => judge(asked).map(({ subject, level }) => [subject, level]);

describe('judgeCertificates', () => {
  it.each([
    [31, 'ok', 'ends in 31 days'],
    [30, 'warning', 'ends in 30 days'],
    [7.5, 'warning', 'ends in 7 days'],
    [7, 'critical', 'ends in 7 days'],
    [1.2, 'critical', 'ends in 1 day'],
    [0.5, 'critical', 'ends in 12 h'],
    [-0.01, 'critical', 'ended less than an hour ago'],
    [-3, 'critical', 'ended 3 days ago'],
  ])('takes %d days to its end for %s', (days, level, words) => {
    const [, reading] = judge({ answer: [aReportOf(SHOWN, days)] });
    expect(reading).toMatchObject({
      host: 'is-1',
      signal: 'certificate',
      subject: SHOWN,
      level,
      isClear: level === 'ok',
    });
    const date = inDays(days).toISOString().slice(0, 10);
    expect(reading?.text).toBe(`${SHOWN} of is, CN=localhost: the certificate ${words} (${date})`);
  });

  it('says unknown only when everything of the host failed', () => {
    const closed = aReportOf(SHOWN, undefined, 'the connection was refused');
    expect(judge({ answer: [closed] })).toMatchObject([
      {
        subject: '',
        level: 'unknown',
        isClear: false,
        text: expect.stringContaining(`${SHOWN}: the connection was refused`),
      },
    ]);
    expect(levels({ answer: [closed, aReportOf(`${STORES}/a.jks (a)`, 90)] })).toEqual([
      ['', 'ok'],
      [`${STORES}/a.jks (a)`, 'ok'],
    ]);
    expect(levels({ answer: [] })).toEqual([['', 'ok']]);
  });

  it('keeps to what a host said lately when it does not answer', () => {
    const answer = { failure: 'not reached' };
    const before = [aReportOf(SHOWN, 5)];
    expect(levels({ answer, before: known('is-1', before, 2) })).toEqual([[SHOWN, 'critical']]);
    expect(levels({ answer, before: known('is-1', before, 4) })).toEqual([['', 'unknown']]);
    expect(judge({ answer })[0]?.text).toBe('it is not known when its certificates end: not reached');
  });

  it('remembers what lies where nobody could look, so that it is missed when it is gone then', () => {
    const [old, other] = [aReportOf(`${STORES}/a.jks (old)`, 2), aReportOf(`${STORES}/b.jks (b)`, 2)];
    const damaged = aReportOf(`${STORES}/a.jks`, undefined, 'damaged');
    const renewed = [aReportOf(`${STORES}/a.jks (new)`, 300)];
    const before = knownAfter([old, other], [damaged]);
    expect(before).toEqual([damaged, old]);
    expect(levels({ before: known('is-1', before), answer: renewed })).toContainEqual([old.where, 'ok']);
    expect(knownAfter(before, renewed)).toEqual(renewed);
  });

  it('lets go what is not there any more, and nothing of where nobody could look', () => {
    const old = [aReportOf(`${STORES}/old.jks (a)`, 2), aReportOf(`${STORES}/new.jks (a)`, 2), aReportOf(SHOWN, 2)];
    const before = known('is-1', old);
    expect(
      levels({ before, answer: [aReportOf(SHOWN, 2), aReportOf(`${STORES}/new.jks`, undefined, 'damaged')] }),
    ).toEqual([
      ['', 'ok'],
      [SHOWN, 'critical'],
      [`${STORES}/old.jks (a)`, 'ok'],
    ]);
    expect(levels({ before, answer: [aReportOf(SHOWN, 2), aReportOf(STORES, undefined, 'denied')] })).toEqual([
      ['', 'ok'],
      [SHOWN, 'critical'],
    ]);
  });
});
