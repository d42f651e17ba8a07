import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningHosts, startHosts } from '../../../../sandbox/hosts/start-hosts.ts';
import { WORLD } from '../../../../sandbox/hosts/world.ts';
import { splitProbeOutput } from '../../../../src/domain/probe-output.ts';
import { toShell } from '../../../../src/domain/remote-command.ts';
import {
  buildCertificateProbe,
  certificateQuestions,
} from '../../../../src/services/certificates/certificate-probe.ts';
import { parseCertificates } from '../../../../src/services/certificates/parse-certificates.ts';
import { aProduct } from '../../../support/builders.ts';
import { runOn } from './ssh-client.ts';

const DAY_MS = 86_400_000;
const PLAN = WORLD[0]!.environments[0]!.hosts.find(({ name }) => name === 'is-1')!.product!;

describe('certificates of a sandbox host', () => {
  const directory = mkdtempSync(join(tmpdir(), 'sandbox-certificates-'));
  let hosts: RunningHosts;

  beforeAll(async () => {
    hosts = await startHosts({ directory });
  });
  afterAll(async () => {
    await hosts.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  async function ask() {
    const health = PLAN.health.map(({ url }) => ({ name: 'health', url, expectedStatus: 200 }));
    const questions = certificateQuestions({ products: [aProduct({ home: PLAN.home, health })] });
    const { stdout } = await runOn(hosts, 'is-1', toShell(buildCertificateProbe(questions)));
    return parseCertificates(splitProbeOutput(stdout), questions).map(({ where, endsAt, note }) => [
      where,
      endsAt === undefined ? note : Math.round((endsAt.getTime() - Date.now()) / DAY_MS),
    ]);
  }

  it('end in three weeks at is-1, where they are shown and where they are kept', async () => {
    expect(await ask()).toEqual([
      ['https://127.0.0.1:9443', 23],
      [`${PLAN.home}/repository/resources/security/wso2carbon.jks (wso2carbon)`, 23],
    ]);
  });

  it('are not shown by a product that is stopped', async () => {
    hosts.control.host('is-1').stopProduct();
    expect((await ask())[0]).toEqual(['https://127.0.0.1:9443', 'the connection was refused']);
  });
});
