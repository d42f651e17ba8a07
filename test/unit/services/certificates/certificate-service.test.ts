import { describe, expect, it } from 'vitest';
import { HopFailure } from '../../../../src/domain/hop-failure.ts';
import type { Reading } from '../../../../src/services/alerts/reading.ts';
import { createCertificateService } from '../../../../src/services/certificates/certificate-service.ts';
import type { HostCertificates } from '../../../../src/services/certificates/ports.ts';
import { aHopFailure } from '../../../support/builders.ts';
import { createFakeExecutor, type Reply } from '../../../support/fake-executor.ts';
import { createFixedClock } from '../../../support/fixed-clock.ts';
import { createRecordingLogger } from '../../../support/recording-logger.ts';
import { aHost, anEnvironment } from '../../../support/world.ts';
import { aCertificate, aReportOf, known, part, SHOWN, withHealth } from './certificate-world.ts';

const shows =
  (days: number): Reply =>
  () => ({
    stdout: `${part('tls.0.0', aCertificate('localhost', days).pem)}${part('stores.0', '')}${part('end', '')}`,
  });
const unreachable: Reply = () => {
  throw new HopFailure(aHopFailure({ hop: 'is-2' }));
};

function setUp(replies: Record<string, Reply>, before: readonly HostCertificates[] = [], trouble?: Error) {
  const saved: HostCertificates[] = [];
  const judged: Reading[] = [];
  const executor = createFakeExecutor(replies);
  const certificates = createCertificateService({
    executor,
    store: { save: async (found) => void saved.push(found), list: async () => before },
    alerts: {
      async judge(_environment, readings) {
        if (trouble !== undefined) {
          throw trouble;
        }
        judged.push(...readings);
      },
    },
    clock: createFixedClock(),
    logger: createRecordingLogger(),
  });
  const hosts = Object.keys(replies).map((name) => aHost(name, { products: [withHealth('https://localhost:9443/')] }));
  const environment = { ...anEnvironment('acme', 'prod', []), hosts: [...hosts, aHost('lb-1')] };
  const check = () => certificates.check(environment);
  const told = () => judged.filter(({ subject, level }) => subject !== '' || level !== 'ok');
  return { check, told, saved, executor };
}

describe('createCertificateService', () => {
  it('asks each host with a product, keeps what it says and judges it', async () => {
    const { check, told, saved, executor } = setUp({ 'is-1': shows(3), 'is-2': shows(300) });
    await check();
    expect(executor.runs.map(({ target }) => target.endpoint.name)).toEqual(['is-1', 'is-2']);
    expect(saved).toMatchObject([{ host: 'is-1', certificates: [{ where: SHOWN }] }, { host: 'is-2' }]);
    expect(told().map(({ host, level }) => [host, level])).toEqual([
      ['is-1', 'critical'],
      ['is-2', 'ok'],
    ]);
  });

  it('goes by what it knows of a host that cannot be reached, and does not overwrite it', async () => {
    const { check, told, saved } = setUp({ 'is-2': unreachable }, [known('is-2', [aReportOf(SHOWN, 20)])]);
    await check();
    expect(told()).toMatchObject([{ host: 'is-2', subject: SHOWN, level: 'warning' }]);
    expect(saved).toEqual([]);
  });

  it.each([
    ['a host that was never reached', unreachable, 'not reached: connection refused at is-2'],
    [
      'a shell that fails',
      (() => ({ exitCode: 127, stderr: 'sh: not found' })) as Reply,
      'exit code 127, sh: not found',
    ],
    [
      'a defect',
      (() => {
        throw new TypeError('oops');
      }) as Reply,
      'the check failed inside msops; its log has the cause',
    ],
  ])('says unknown of %s, and the others are judged', async (_what, reply, words) => {
    const { check, told } = setUp({ 'is-2': reply, 'is-1': shows(40) });
    await check();
    expect(told().find(({ host }) => host === 'is-2')).toMatchObject({
      level: 'unknown',
      text: expect.stringContaining(words),
    });
    expect(told().find(({ host }) => host === 'is-1')).toMatchObject({ level: 'ok' });
  });

  it('ends what it has said of a host that has no product any more, without asking it', async () => {
    const { check, told, saved, executor } = setUp({}, [known('lb-1', [aReportOf(SHOWN, 2)])]);
    await check();
    expect(told()).toMatchObject([{ host: 'lb-1', subject: SHOWN, level: 'ok', isClear: true }]);
    expect([saved[0]?.certificates, executor.runs]).toEqual([[], []]);
  });

  it('keeps what it knew when it could not be judged, so that alerts of what is gone end the next time', async () => {
    const { check, saved } = setUp({ 'is-1': shows(300) }, [], new Error('the store is away'));
    await expect(check()).rejects.toThrow('the store is away');
    expect(saved).toEqual([]);
  });

  it('asks only some hosts at once', async () => {
    let running = 0;
    let most = 0;
    const slow: Reply = async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return {};
    };
    const { check, executor } = setUp(
      Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`is-${index}`, slow])),
    );
    await check();
    expect([executor.runs.length, most]).toEqual([12, 4]);
  });
});
