import { randomBytes } from 'node:crypto';
import type { ProductPlan } from './host-plan.ts';
import { javaKeystore } from './java-keystore.ts';
import { makeCertificate } from './made-certificate.ts';

const DAY_MS = 86_400_000;
const PACKED_DAYS = 400;
const PACKED_PASSWORD = 'wso2carbon';

/** The certificate of a product where it keeps it, and where the host's `openssl` finds what a port shows. */
export function certificateFiles({
  home,
  health,
  certificateDays = PACKED_DAYS,
}: ProductPlan): Record<string, string | Buffer> {
  const until = new Date(Date.now() + certificateDays * DAY_MS);
  const { der, pem } = makeCertificate({ subject: 'localhost', until });
  const own = { alias: 'wso2carbon', certificate: der, encryptedKey: randomBytes(1_200) };
  const ports = health.map(({ url }) => new URL(url)).filter(({ protocol }) => protocol === 'https:');
  return {
    [`${home.slice(1)}/repository/resources/security/wso2carbon.jks`]: javaKeystore([own], PACKED_PASSWORD),
    ...Object.fromEntries(ports.map(({ host }) => [`.host/tls/${host}`, pem])),
  };
}
