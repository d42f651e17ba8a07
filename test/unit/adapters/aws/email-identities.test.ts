import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Aws, startAws } from '../../../../sandbox/aws/start-aws.ts';
import { type AwsClients, createAwsClients } from '../../../../src/adapters/aws/aws-clients.ts';
import { createEmailIdentities } from '../../../../src/adapters/aws/email-identities.ts';
import { REGION } from '../../../support/aws.ts';
import { createRecordingLogger } from '../../../support/recording-logger.ts';
import { closedPort, startSilentServer } from '../../../support/silent-server.ts';

const logger = createRecordingLogger();

describe('createEmailIdentities', () => {
  let aws: Aws;
  let clients: AwsClients;
  beforeEach(async () => {
    aws = await startAws();
    const { accessKeyId, secretAccessKey } = aws;
    clients = createAwsClients({ endpointUrl: aws.url, credentials: { accessKeyId, secretAccessKey }, logger });
  });
  afterEach(async () => {
    clients.close();
    await aws.stop();
  });
  const its = () => createEmailIdentities(clients, REGION);

  it('makes an identity once, and finds it', async () => {
    expect(await its().find('acme.example')).toBeUndefined();
    const made = await its().ensure('acme.example');
    expect(made).toMatchObject({ domain: 'acme.example', status: 'PENDING', verifiedForSending: false });
    expect(made.dkimTokens).toHaveLength(3);
    expect(made.signingHostedZone).toBe(aws.identities.find('acme.example', REGION)?.signingHostedZone);
    expect(await its().ensure('acme.example')).toEqual(made);
    aws.identities.verify('acme.example', REGION);
    expect(await its().find('acme.example')).toMatchObject({ status: 'SUCCESS', verifiedForSending: true });
  });

  it('makes it anew when SES has given up', async () => {
    await its().ensure('acme.example');
    aws.advance(73 * 3_600_000);
    expect((await its().find('acme.example'))?.status).toBe('FAILED');
    expect((await its().restart('acme.example')).status).toBe('PENDING');
  });

  it('tells the quota, the sandbox and why an address gets nothing', async () => {
    expect(await its().account()).toEqual({
      ...{ productionAccess: false, sendingEnabled: true, enforcement: 'HEALTHY' },
      ...{ max24Hours: 200, sentLast24Hours: 0, maxPerSecond: 1 },
    });
    expect(await its().suppression('dana@acme.example')).toBeUndefined();
    aws.ses(REGION).suppressed.set('dana@acme.example', { reason: 'COMPLAINT', at: new Date() });
    expect(await its().suppression('dana@acme.example')).toBe('COMPLAINT');
  });

  it('keeps regions apart', async () => {
    await its().ensure('acme.example');
    expect(await createEmailIdentities(clients, 'us-east-1').find('acme.example')).toBeUndefined();
  });

  it('says what to do when AWS refuses', async () => {
    aws.faults.add({ code: 'AccessDeniedException', status: 403, message: 'not authorized to perform ses:GetAccount' });
    await expect(its().account()).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining('SES in eu-central-1 refused our credentials (AccessDeniedException'),
      hint: expect.stringContaining('IAM'),
    });
    aws.faults.clear();
    aws.faults.add({ code: 'BadRequestException', message: 'busy' });
    await expect(its().account()).rejects.toThrow(/refused \(BadRequestException: busy\)/);
  });

  it('bears a fault that passes', async () => {
    aws.faults.add({ operation: 'GetAccount', code: 'TooManyRequestsException', times: 1 });
    expect((await its().account()).max24Hours).toBe(200);
    expect(aws.calls.map(({ status }) => status)).toEqual([429, 200]);
  });
});

describe('createAwsClients', () => {
  const credentials = { accessKeyId: 'AKIAX', secretAccessKey: 'x' };

  it('keeps one client a region', async () => {
    const clients = createAwsClients({ endpointUrl: 'http://127.0.0.1:9', credentials, logger });
    expect(await clients.sesv2(REGION)).toBe(await clients.sesv2(REGION));
    expect(await clients.sesv2(REGION)).not.toBe(await clients.sesv2('us-east-1'));
    expect(await clients.sns(REGION)).toBe(await clients.sns(REGION));
    clients.close();
  });

  it('tries three times at most, and keeps what was in the request out of the log', async () => {
    const lines = createRecordingLogger();
    const endpointUrl = `http://127.0.0.1:${await closedPort()}`;
    const clients = createAwsClients({ endpointUrl, credentials, logger: lines });
    const { SendEmailCommand } = await import('@aws-sdk/client-sesv2');
    const mail = new SendEmailCommand({
      FromEmailAddress: 'a@acme.example',
      Content: { Raw: { Data: Buffer.from('x') } },
    });
    const failed = await (await clients.sesv2(REGION)).send(mail).catch((error: unknown) => error);
    expect(failed).toMatchObject({ code: 'ECONNREFUSED', $metadata: { attempts: 3 } });
    expect(JSON.stringify(lines.lines)).not.toContain('acme.example');
    clients.close();
  });

  it('gives up waiting when it is told to', async () => {
    const silent = await startSilentServer();
    const clients = createAwsClients({ endpointUrl: `http://127.0.0.1:${silent.port}`, credentials, logger });
    const { GetAccountCommand } = await import('@aws-sdk/client-sesv2');
    const asked = (await clients.sesv2(REGION)).send(new GetAccountCommand({}), {
      abortSignal: AbortSignal.timeout(100),
    });
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
    clients.close();
    await silent.close();
  });
});
