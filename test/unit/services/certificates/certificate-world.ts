import { javaKeystore, type KeystoreContent } from '../../../../sandbox/hosts/java-keystore.ts';
import { makeCertificate } from '../../../../sandbox/hosts/made-certificate.ts';
import type { Product } from '../../../../src/domain/inventory.ts';
import type { CertificateReport, HostCertificates } from '../../../../src/services/certificates/ports.ts';
import { aProduct, NOW } from '../../../support/builders.ts';

const DAY = 86_400_000;
export const HOME = '/opt/wso2/wso2is-5.11.0';
export const STORES = `${HOME}/repository/resources/security`;
export const SHOWN = 'https://localhost:9443';

export function inDays(days: number): Date {
  return new Date(NOW.getTime() + days * DAY);
}

export function aCertificate(subject: string, days: number, issuer: string = subject) {
  return makeCertificate({ subject, issuer, until: inDays(days), from: inDays(-400) });
}

/** `key` are shown as the product's own, `trusted` are believed; days until each ends, by alias. */
export function aKeystore(key: Record<string, number>, trusted: readonly KeystoreContent[] = []): Buffer {
  const own = Object.entries(key).map(([alias, days]) => ({
    ...{ alias, certificate: aCertificate(alias, days).der },
    encryptedKey: Buffer.from('KEY BYTES'.repeat(100)),
  }));
  return javaKeystore([...own, ...trusted], 'wso2carbon');
}

/** As the probe sends it. */
export function part(name: string, content: string, code = 0): string {
  const lines = content === '' ? [] : content.trimEnd().split('\n');
  return `${lines.map((line) => `${name}|${line}\n`).join('')}${name}=${code}\n`;
}

export function withHealth(url: string, overrides: Partial<Product> = {}): Product {
  return aProduct({ health: [{ name: 'health', url, expectedStatus: 200 }], ...overrides });
}

export function aReportOf(where: string, days: number | undefined, note?: string): CertificateReport {
  return {
    ...{ where, product: 'is', subject: days === undefined ? '' : 'CN=localhost' },
    endsAt: days === undefined ? undefined : inDays(days),
    note,
  };
}

export function known(host: string, certificates: readonly CertificateReport[], daysAgo = 1): HostCertificates {
  return { customer: 'acme', environment: 'prod', host, checkedAt: inDays(-daysAgo), certificates };
}
