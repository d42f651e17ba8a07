import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { createServer, type Server } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Product } from '../../../../src/domain/inventory.ts';
import { splitProbeOutput } from '../../../../src/domain/probe-output.ts';
import {
  buildCertificateProbe,
  certificateQuestions,
} from '../../../../src/services/certificates/certificate-probe.ts';
import { parseCertificates } from '../../../../src/services/certificates/parse-certificates.ts';
import { anEndpoint } from '../../../support/world.ts';
import { createLocalHost, type LocalHost } from '../rollouts/local-host.ts';
import { aCertificate, aKeystore, inDays, withHealth } from './certificate-world.ts';

const TARGET = { endpoint: anEndpoint('is-1'), path: { bastions: [], allowedSources: [] } };
const PROGRAMS = ['awk', 'cat', 'find', 'grep', 'head', 'id', 'od', 'sed', 'sh', 'timeout', 'tr'];
const SHOWN = aCertificate('localhost', 12);
const hasOpenssl = isThere('openssl');

function isThere(program: string): boolean {
  try {
    return execFileSync('/bin/sh', ['-c', 'command -v "$1"', '-', program]).length > 0;
  } catch {
    return false;
  }
}

describe('the probe of certificates in a real shell', () => {
  const home = mkdtempSync(join(tmpdir(), 'msops-pack-'));
  const security = join(home, 'repository/resources/security');
  const put = (name: string, content: string | Buffer) => writeFileSync(join(security, name), content);
  let server: Server;
  let product: Product;

  beforeAll(async () => {
    mkdirSync(join(security, 'more'), { recursive: true });
    put('wso2 carbon.jks', aKeystore({ wso2carbon: 40 }, [{ alias: 'root', certificate: aCertificate('R', 1).der }]));
    put('more/server.pem', `${SHOWN.privateKey}${SHOWN.pem}`);
    put('bare.cer', aCertificate('bare', 9).der);
    put('locked.p12', Buffer.from('308209da020103308209840607'.repeat(9), 'hex'));
    put('notes.txt', 'no keystore');
    server = createServer({ key: SHOWN.privateKey, cert: SHOWN.pem });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    product = withHealth(`https://127.0.0.1:${port}/health`, { home, serviceUser: userInfo().username });
  });
  afterAll(() => {
    server.close();
    rmSync(home, { recursive: true });
  });

  async function ask(host: LocalHost) {
    const questions = certificateQuestions({ products: [product] });
    const { stdout } = await host.executor.run(TARGET, buildCertificateProbe(questions), { deadlineMs: 60_000 });
    host.remove();
    const reports = parseCertificates(splitProbeOutput(stdout), questions);
    return { stdout, reports: reports.map(({ where, endsAt, note }) => [where.replace(security, ''), endsAt ?? note]) };
  }

  it('reads what there is to read without a password, and no private key leaves the host', async () => {
    const { stdout, reports } = await ask(createLocalHost());
    expect(reports.slice(1).toSorted()).toEqual([
      ['/bare.cer', inDays(9)],
      ['/locked.p12', 'its certificates are encrypted with its password, which msops does not have'],
      ['/more/server.pem', inDays(12)],
      ['/wso2 carbon.jks (wso2carbon)', inDays(40)],
    ]);
    expect(reports[0]?.[1]).toEqual(hasOpenssl ? inDays(12) : 'openssl is not installed there');
    expect(stdout).not.toContain('PRIVATE KEY');
    expect(stdout).not.toContain(Buffer.from('KEY BYTES').toString('hex'));
    expect(stdout.endsWith('end=0\n')).toBe(true);
  });

  it('says what a host without openssl cannot tell', async () => {
    const { reports } = await ask(createLocalHost(PROGRAMS));
    expect(reports[0]?.[1]).toBe('openssl is not installed there');
    expect(reports).toHaveLength(5);
  });

  it('says why it could not look', async () => {
    const host = createLocalHost();
    host.shim('find', 'echo "find: Permission denied" >&2; exit 1');
    const { reports } = await ask(host);
    expect(reports.slice(1)).toEqual([['', 'exit code 1, find: Permission denied']]);
  });
});
