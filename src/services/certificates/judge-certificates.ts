import { areEndsKnown, certificateLevel } from '../../domain/certificate-ends.ts';
import { spanInWords } from '../../domain/duration.ts';
import type { Reading } from '../alerts/reading.ts';
import type { CertificateReport, HostCertificates } from './ports.ts';

const HOUR_MS = 3_600_000;

/** What is known of the certificates of one host after it was asked. */
export interface AskedCertificates {
  readonly host: string;
  readonly now: Date;
  /** Of the time before. */
  readonly before: HostCertificates | undefined;
  /** Its answer, or why there is none. */
  readonly answer: readonly CertificateReport[] | { readonly failure: string };
}

/**
 * A reading of each certificate, of those that are gone, and one of the host as a whole, which is unknown only when nothing
 * at all could be read.
 */
export function judgeCertificates({ host, now, before, answer }: AskedCertificates): readonly Reading[] {
  if ('failure' in answer) {
    return before !== undefined && areEndsKnown(before.checkedAt, now)
      ? dated(before.certificates).map((one) => judge(one, host, now))
      : [nothingKnown(host, answer.failure)];
  }
  const known = dated(answer);
  const [firstUnread] = answer.filter(({ endsAt }) => endsAt === undefined);
  const whole =
    known.length === 0 && firstUnread !== undefined
      ? nothingKnown(host, `${firstUnread.where}: ${firstUnread.note ?? 'not read'}`)
      : fine(host, '', 'certificates could be read');
  return [whole, ...known.map((one) => judge(one, host, now)), ...gone(before?.certificates ?? [], answer, host)];
}

type Dated = CertificateReport & { readonly endsAt: Date };

function dated(reports: readonly CertificateReport[]): readonly Dated[] {
  return reports.filter((report): report is Dated => report.endsAt !== undefined);
}

function judge({ where, product, subject, endsAt }: Dated, host: string, now: Date): Reading {
  const leftMs = endsAt.getTime() - now.getTime();
  const what = `${where} of ${product}${subject === '' ? '' : `, ${subject}`}`;
  const text = `${what}: the certificate ${endInWords(leftMs)} (${endsAt.toISOString().slice(0, 10)})`;
  const level = certificateLevel(leftMs);
  return { host, signal: 'certificate', subject: where, level, isClear: level === 'ok', text };
}

function endInWords(leftMs: number): string {
  return leftMs <= 0 ? `ended ${inWords(-leftMs)} ago` : `ends in ${inWords(leftMs)}`;
}

function inWords(ms: number): string {
  return ms < HOUR_MS ? 'less than an hour' : spanInWords(ms);
}

/** Was there before and is not any more; not what lies where nobody could look this time. */
function gone(
  before: readonly CertificateReport[],
  answer: readonly CertificateReport[],
  host: string,
): readonly Reading[] {
  return notSeen(before, answer)
    .filter((report) => !isOutOfSight(report, answer))
    .map(({ where }) => fine(host, where, `${where} is not there any more`));
}

/** What is known of a host from now on: its answer, and what lies where nobody could look this time. */
export function knownAfter(
  before: readonly CertificateReport[],
  answer: readonly CertificateReport[],
): readonly CertificateReport[] {
  const believed = dated(notSeen(before, answer)).filter((report) => isOutOfSight(report, answer));
  return [...answer, ...believed];
}

function notSeen(
  before: readonly CertificateReport[],
  answer: readonly CertificateReport[],
): readonly CertificateReport[] {
  const seen = new Set(answer.map(({ where }) => where));
  return before.filter(({ where }) => !seen.has(where));
}

function isOutOfSight({ where }: CertificateReport, answer: readonly CertificateReport[]): boolean {
  return answer.some((one) => one.endsAt === undefined && where.startsWith(one.where));
}

function fine(host: string, subject: string, text: string): Reading {
  return { host, signal: 'certificate', subject, level: 'ok', isClear: true, text };
}

function nothingKnown(host: string, why: string): Reading {
  const text = `it is not known when its certificates end: ${why}`;
  return { host, signal: 'certificate', subject: '', level: 'unknown', isClear: false, text };
}
