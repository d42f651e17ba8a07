import { isIP } from 'node:net';
import type { Host, Product } from '../../domain/inventory.ts';
import type { RemoteCommand } from '../../domain/remote-command.ts';
import { homeOf } from '../../domain/server-shell.ts';
import { CERTIFICATE_SCRIPT } from './certificate-script.ts';

/** One thing that a host is asked about. `name` is that of its part in the answer. */
export type CertificateQuestion = { readonly product: string; readonly name: string } & (
  | { readonly kind: 'tls'; readonly address: string; readonly serverName: string; readonly where: string }
  | { readonly kind: 'store'; readonly directory: string; readonly user: string }
  | { readonly kind: 'pem'; readonly file: string; readonly user: string }
);

/** What there is to ask of a host; nothing of one without products. */
export function certificateQuestions({ products }: Pick<Host, 'products'>): readonly CertificateQuestion[] {
  return products.flatMap((product, index) => [
    ...tlsQuestions(product, index),
    storeQuestion(product, index),
    ...pemQuestions(product, index),
  ]);
}

/** The one round trip about all certificates of a host; read by `parseCertificates`. Some seconds. */
export function buildCertificateProbe(questions: readonly CertificateQuestion[]): RemoteCommand {
  return ['sh', '-c', CERTIFICATE_SCRIPT, 'msops-certificates', ...questions.flatMap(toParameters)];
}

function toParameters(question: CertificateQuestion): readonly string[] {
  const number = question.name.slice(question.name.indexOf('.') + 1);
  switch (question.kind) {
    case 'tls':
      return ['tls', number, question.address, question.serverName];
    case 'store':
      return ['store', number, question.directory, question.user];
    case 'pem':
      return ['pem', number, question.file, question.user];
  }
}

function tlsQuestions({ name: product, health }: Product, index: number): readonly CertificateQuestion[] {
  const urls = health.map(({ url }) => new URL(url)).filter(({ protocol }) => protocol === 'https:');
  const byAddress = new Map(urls.map((url) => [`${url.hostname}:${url.port || 443}`, url.hostname]));
  return [...byAddress].map(([address, hostname], number) => ({
    ...{ kind: 'tls', product, name: `tls.${index}.${number}`, address, where: `https://${address}` },
    // A name that is an address must not be sent (RFC 6066).
    serverName: isIP(hostname.replaceAll(/[[\]]/g, '')) === 0 ? hostname : '',
  }));
}

function storeQuestion({ name: product, home, serviceUser: user }: Product, index: number): CertificateQuestion {
  const directory = `${homeOf({ home })}/repository/resources/security`;
  return { kind: 'store', product, name: `stores.${index}`, directory, user };
}

/** Authorities by which the product's own endpoints are checked. */
function pemQuestions({ name: product, health, serviceUser: user }: Product, index: number) {
  const files = [...new Set(health.flatMap(({ caFile }) => caFile ?? []))];
  return files.map((file, number) => ({
    ...({ kind: 'pem', product, name: `file.${index}.${1000 + number}`, file, user } as const),
  }));
}
