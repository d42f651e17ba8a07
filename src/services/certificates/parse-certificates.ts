import type { X509Certificate } from 'node:crypto';
import { describePart, type ProbePart, type ProbeParts } from '../../domain/probe-output.ts';
import type { CertificateQuestion } from './certificate-probe.ts';
import type { CertificateReport } from './ports.ts';
import { readCertificateFile } from './read-certificate-file.ts';

/** One host has a handful; more is a file that is none of ours. */
const MOST_REPORTS = 200;
const LONGEST_SUBJECT = 200;

type Question<Kind extends CertificateQuestion['kind']> = Extract<CertificateQuestion, { kind: Kind }>;

/** What a host answered; what could not be read has no end and a reason. */
export function parseCertificates(
  parts: ProbeParts,
  questions: readonly CertificateQuestion[],
): readonly CertificateReport[] {
  const reports = questions.flatMap((question) => answerTo(question, parts));
  // Two products may share an address or a file.
  const byPlace = new Map(reports.toReversed().map((report) => [report.where, report]));
  return [...byPlace.values()].toReversed().slice(0, MOST_REPORTS);
}

function answerTo(question: CertificateQuestion, parts: ProbeParts): readonly CertificateReport[] {
  switch (question.kind) {
    case 'tls':
      return [readShown(parts.get(question.name), question)];
    case 'store':
      return readStores(parts, question);
    case 'pem':
      return readFile(parts.get(question.name), question.product, question.file);
  }
}

function readShown(part: ProbePart | undefined, { product, where }: Question<'tls'>): CertificateReport {
  const text = part?.exitCode === 0 ? part.lines.join('\n') : '';
  const [shown] = readCertificateFile(Buffer.from(text, 'latin1')).found;
  return shown === undefined
    ? unread({ product, where }, whyNotShown(part))
    : toReport({ product, where }, shown.certificate);
}

function whyNotShown(part: ProbePart | undefined): string {
  const isRefused = part?.lines.some((line) => /refused/i.test(line)) === true;
  return isRefused ? 'the connection was refused' : describePart(part);
}

function readStores(parts: ProbeParts, { name, product, directory }: Question<'store'>): readonly CertificateReport[] {
  const listing = parts.get(name);
  if (listing?.exitCode !== 0) {
    return isMissing(listing) ? [] : [unread({ product, where: directory }, describePart(listing))];
  }
  const number = name.slice(name.indexOf('.') + 1);
  return listing.lines.flatMap((path, index) =>
    path === '' ? [] : readFile(parts.get(`file.${number}.${index}`), product, path.replaceAll(/\/{2,}/g, '/')),
  );
}

/** A product without such a directory keeps its keystores elsewhere, or has none. */
function isMissing(listing: ProbePart | undefined): boolean {
  return listing?.lines.some((line) => line.includes('No such file or directory')) === true;
}

function readFile(part: ProbePart | undefined, product: string, path: string): readonly CertificateReport[] {
  if (part?.exitCode !== 0) {
    return [unread({ product, where: path }, describePart(part))];
  }
  const { found, note } = readCertificateFile(decode(part.lines));
  const reports = found.map(({ alias, certificate }, index) =>
    toReport({ product, where: placeIn(path, alias ?? (index === 0 ? undefined : String(index + 1))) }, certificate),
  );
  return note === undefined ? reports : [...reports, unread({ product, where: path }, note)];
}

function placeIn(path: string, inside: string | undefined): string {
  return inside === undefined ? path : `${path} (${inside})`;
}

/** PEM as it is, anything else as hexadecimal digits. */
function decode(lines: readonly string[]): Buffer {
  return lines[0]?.startsWith('-----') ? Buffer.from(lines.join('\n'), 'latin1') : Buffer.from(lines.join(''), 'hex');
}

type Place = Pick<CertificateReport, 'product' | 'where'>;

function toReport(place: Place, certificate: X509Certificate): CertificateReport {
  const subject = (certificate.subject ?? '').split('\n').toReversed().join(', ').slice(0, LONGEST_SUBJECT);
  const endsAt = new Date(certificate.validTo);
  return Number.isNaN(endsAt.getTime())
    ? { ...place, subject, endsAt: undefined, note: 'its end cannot be read' }
    : { ...place, subject, endsAt };
}

function unread(place: Place, note: string): CertificateReport {
  return { ...place, subject: '', endsAt: undefined, note };
}
