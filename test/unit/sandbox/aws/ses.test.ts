import {
  CreateEmailIdentityCommand,
  DeleteEmailIdentityCommand,
  DeleteSuppressedDestinationCommand,
  GetAccountCommand,
  GetEmailIdentityCommand,
  GetSuppressedDestinationCommand,
  ListEmailIdentitiesCommand,
  PutSuppressedDestinationCommand,
  SendEmailCommand,
} from '@aws-sdk/client-sesv2';
import { createTransport } from 'nodemailer';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LocalDns, startDnsServer } from '../../../../sandbox/aws/dns-server.ts';
import { dkimRecords } from '../../../../sandbox/aws/ses/look-for-dkim.ts';
import { type Aws, startAws } from '../../../../sandbox/aws/start-aws.ts';
import { REGION, refusal, sesClient } from '../../../support/aws.ts';

const HOUR_MS = 60 * 60_000;

let dns: LocalDns;
let aws: Aws;

beforeEach(async () => {
  dns = await startDnsServer();
  aws = await startAws({ dnsServers: [dns.address] });
});

afterEach(async () => {
  await aws.stop();
  await dns.stop();
});

function mail(to: readonly string[] = ['dana@acme.example']): SendEmailCommand {
  return new SendEmailCommand({
    FromEmailAddress: 'Operations <alerts@acme.example>',
    Destination: { ToAddresses: [...to] },
    Content: { Simple: { Subject: { Data: 'Überlast' }, Body: { Text: { Data: 'Disk full' } } } },
  });
}

describe('identities of the local SES', () => {
  const create = () => sesClient(aws).send(new CreateEmailIdentityCommand({ EmailIdentity: 'acme.example' }));
  const get = () => sesClient(aws).send(new GetEmailIdentityCommand({ EmailIdentity: 'acme.example' }));

  it('gives three tokens and a zone of its own, and waits for the DNS', async () => {
    const { DkimAttributes, VerifiedForSendingStatus } = await create();
    expect(VerifiedForSendingStatus).toBe(false);
    expect(DkimAttributes).toMatchObject({ Status: 'PENDING', SigningEnabled: true });
    expect(DkimAttributes?.Tokens).toHaveLength(3);
    expect(DkimAttributes?.SigningHostedZone).not.toBe('dkim.amazonses.com');
    expect((await get()).VerificationInfo?.ErrorType).toBe('HOST_NOT_FOUND');
  });

  it('verifies when all three records are there, and says what is wrong before', async () => {
    await create();
    const [first, second, third] = dkimRecords(aws.identities.find('acme.example', REGION)!);
    dns.cname(first!.name, first!.target);
    dns.other(second!.name);
    dns.cname(third!.name, third!.target);
    expect((await get()).VerificationInfo?.ErrorType).toBe('TYPE_NOT_FOUND');
    dns.cname(second!.name, 'elsewhere.example');
    expect((await get()).VerificationInfo?.ErrorType).toBe('INVALID_VALUE');
    dns.servfail(second!.name);
    expect((await get()).VerificationInfo?.ErrorType).toBe('DNS_SERVER_ERROR');
    dns.cname(second!.name, second!.target);
    expect(await get()).toMatchObject({ VerifiedForSendingStatus: true, DkimAttributes: { Status: 'SUCCESS' } });
  });

  it('stops after 72 hours and begins anew only when the identity is made again', async () => {
    await create();
    aws.advance(72 * HOUR_MS - 60_000);
    expect(
      (await sesClient(aws, { maxAttempts: 2 }).send(new GetEmailIdentityCommand({ EmailIdentity: 'acme.example' })))
        .VerificationStatus,
    ).toBe('PENDING');
    aws.advance(60_000);
    const client = sesClient(aws, { maxAttempts: 2 });
    const again = () => client.send(new GetEmailIdentityCommand({ EmailIdentity: 'acme.example' }));
    expect((await again()).VerificationStatus).toBe('FAILED');
    for (const { name, target } of dkimRecords(aws.identities.find('acme.example', REGION)!)) {
      dns.cname(name, target);
    }
    expect((await again()).VerificationStatus).toBe('FAILED');
    await client.send(new DeleteEmailIdentityCommand({ EmailIdentity: 'acme.example' }));
    await client.send(new CreateEmailIdentityCommand({ EmailIdentity: 'acme.example' }));
    expect((await again()).VerificationStatus).toBe('PENDING');
  });

  it('lists, and refuses a second one, a strange one and one that is not there', async () => {
    await create();
    const { EmailIdentities } = await sesClient(aws).send(new ListEmailIdentitiesCommand({}));
    expect(EmailIdentities).toEqual([
      { IdentityName: 'acme.example', IdentityType: 'DOMAIN', SendingEnabled: false, VerificationStatus: 'PENDING' },
    ]);
    expect(await refusal(create())).toContain('AlreadyExistsException 400');
    const strange = sesClient(aws).send(new CreateEmailIdentityCommand({ EmailIdentity: 'no domain' }));
    expect(await refusal(strange)).toContain('BadRequestException 400');
    const other = sesClient(aws).send(new GetEmailIdentityCommand({ EmailIdentity: 'ops+x@globex.example' }));
    expect(await refusal(other)).toBe('NotFoundException 404: Email identity ops+x@globex.example does not exist.');
  });
});

describe('mails of the local SES', () => {
  it('takes a mail from a verified domain to a verified address', async () => {
    aws.identities.verify('acme.example', REGION);
    const { MessageId } = await sesClient(aws).send(mail());
    expect(aws.mails()).toMatchObject([
      { messageId: MessageId, from: 'alerts@acme.example', recipients: ['dana@acme.example'], subject: 'Überlast' },
    ]);
  });

  it('takes raw mails of nodemailer', async () => {
    aws.identities.verify('acme.example', REGION);
    const SES = { sesClient: sesClient(aws), SendEmailCommand };
    await createTransport({ SES }).sendMail({
      from: 'alerts@acme.example',
      to: ['dana@acme.example'],
      subject: 'Disk full: 97 %',
      html: '<b>Disk full</b>',
      headers: { 'X-Incident': 'al-1' },
    });
    expect(aws.mails()).toMatchObject([
      { recipients: ['dana@acme.example'], subject: 'Disk full: 97 %', html: '<b>Disk full</b>\n' },
    ]);
    expect(aws.mails()[0]?.headers['x-incident']).toBe('al-1');
  });

  it('refuses senders that are not verified, and in the sandbox recipients too', async () => {
    expect(await refusal(sesClient(aws).send(mail()))).toContain(
      'MessageRejected 400: Email address is not verified. The following identities failed the check in region EU-CENTRAL-1: alerts@acme.example, dana@acme.example',
    );
    aws.identities.verify('acme.example', REGION);
    expect(await refusal(sesClient(aws).send(mail(['gus@globex.example'])))).toMatch(/: gus@globex\.example$/);
    await sesClient(aws).send(mail(['success@simulator.amazonses.com']));
    aws.advance(2_000);
    await sesClient(aws).send(mail(['dana@mail.acme.example']));
    aws.advance(2_000);
    aws.ses(REGION).productionAccess = true;
    await sesClient(aws).send(mail(['gus@globex.example']));
    expect(aws.mails()).toHaveLength(3);
  });

  it('counts recipients, by the second and by the day', async () => {
    aws.identities.verify('acme.example', REGION);
    // Ten seconds of pause, so that a slow machine does not wait it out.
    aws.ses(REGION).maxPerSecond = 0.1;
    const client = sesClient(aws, { maxAttempts: 1 });
    await client.send(mail());
    expect(await refusal(client.send(mail()))).toBe('TooManyRequestsException 429: Maximum sending rate exceeded.');
    aws.ses(REGION).max24Hours = 1;
    aws.advance(60_000);
    expect(await refusal(client.send(mail()))).toBe('TooManyRequestsException 429: Daily message quota exceeded.');
    expect((await client.send(new GetAccountCommand({}))).SendQuota).toEqual({
      Max24HourSend: 1,
      MaxSendRate: 0.1,
      SentLast24Hours: 1,
    });
  });

  it('says that an account is paused or shut down', async () => {
    aws.ses(REGION).sendingEnabled = false;
    expect(await refusal(sesClient(aws).send(mail()))).toContain('SendingPausedException 400');
    aws.ses(REGION).enforcement = 'SHUTDOWN';
    expect(await refusal(sesClient(aws).send(mail()))).toContain('AccountSuspendedException 400');
  });

  it('drops what goes to a suppressed address, and still says yes', async () => {
    aws.identities.verify('acme.example', REGION);
    const client = sesClient(aws);
    const EmailAddress = 'dana@acme.example';
    await client.send(new PutSuppressedDestinationCommand({ EmailAddress, Reason: 'BOUNCE' }));
    const { SuppressedDestination } = await client.send(new GetSuppressedDestinationCommand({ EmailAddress }));
    expect(SuppressedDestination).toMatchObject({ Reason: 'BOUNCE', LastUpdateTime: expect.any(Date) });
    await client.send(mail());
    expect(aws.mails()[0]?.suppressed).toEqual([EmailAddress]);
    await client.send(new DeleteSuppressedDestinationCommand({ EmailAddress }));
    const gone = client.send(new GetSuppressedDestinationCommand({ EmailAddress }));
    expect(await refusal(gone)).toContain('NotFoundException 404');
  });
});
