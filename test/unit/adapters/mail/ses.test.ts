import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Aws, startAws } from '../../../../sandbox/aws/start-aws.ts';
import { clientsOf } from './local-aws.ts';
import { anEmail, createTestCarrier, PEOPLE, verdict } from './mail-harness.ts';

const REGION = 'eu-central-1';
const GATEWAY = { kind: 'ses', region: REGION } as const;

describe('mail by SES', () => {
  let aws: Aws;

  beforeAll(async () => {
    aws = await startAws();
  });
  afterAll(() => aws.stop());
  beforeEach(() => {
    aws.faults.clear();
    aws.identities.verify('acme.example', REGION);
    Object.assign(aws.ses(REGION), { productionAccess: true, maxPerSecond: 1_000, sendingEnabled: true });
  });

  function carrier() {
    return createTestCarrier({ aws: clientsOf(aws) });
  }

  it('has the headers that it has by SMTP, and the id of SES', async () => {
    const result = await carrier().mail([{ ...GATEWAY, configurationSet: 'alerts' }]);
    const sent = aws.mails().at(-1);
    expect(result).toEqual({
      kind: 'sent',
      by: 'SES eu-central-1',
      id: sent?.messageId,
      rejected: [],
      passedOver: [],
    });
    expect(sent).toMatchObject({
      from: 'alerts@acme.example',
      recipients: PEOPLE,
      subject: 'FIRING: disk on gw-2',
      html: expect.stringContaining('<b>/var</b>'),
      configurationSet: 'alerts',
      headers: {
        'x-msops-incident': 'a-7f3',
        'auto-submitted': 'auto-generated',
        'in-reply-to': expect.stringMatching(/^<msops\.[0-9a-f]{32}@acme\.example>$/),
      },
    });
  });

  it('says that the sender is not verified', async () => {
    const { send } = carrier();
    const result = await send({ mail: { from: 'x@globex.example', gateways: [GATEWAY] } }, anEmail());
    expect(verdict(result)).toBe('refused: identity_not_verified');
    expect(result).toMatchObject({ trouble: { text: expect.stringContaining('/msops email verify') } });
  });

  it('reaches whom it may in the sandbox, and says whom it may not', async () => {
    aws.ses(REGION).productionAccess = false;
    const result = await carrier().mail([GATEWAY], anEmail({ to: ['dana@acme.example', 'Phone@other.example'] }));
    expect(result).toMatchObject({ kind: 'sent', rejected: [{ recipient: 'Phone@other.example' }] });
    expect(aws.mails().at(-1)?.recipients).toEqual(['dana@acme.example']);
    const alone = await carrier().mail([GATEWAY], anEmail({ to: ['phone@other.example'] }));
    expect(verdict(alone)).toBe('refused: sandbox_recipient');
  });

  it.each([
    { code: 'AccountSuspendedException', told: 'later: sending_paused' },
    { code: 'SendingPausedException', told: 'later: sending_paused' },
    { code: 'LimitExceededException', told: 'later: quota' },
    { code: 'TooManyRequestsException', told: 'later: quota', status: 429 },
    { code: 'ThrottlingException', told: 'later: quota' },
    { code: 'InternalServiceErrorException', told: 'later: temporary', status: 500 },
    { code: 'MailFromDomainNotVerifiedException', told: 'refused: identity_not_verified' },
    { code: 'NotFoundException', told: 'refused: not_configured', message: 'Configuration set <x> does not exist.' },
    { code: 'BadRequestException', told: 'refused: rejected_content', message: 'Missing final recipient' },
    { code: 'BadRequestException', told: 'refused: too_big', message: 'Message length is more than 41943040 bytes.' },
    { code: 'MessageRejected', told: 'refused: suppressed_recipient', message: 'Address is on the suppression list.' },
    { code: 'MessageRejected', told: 'refused: rejected_content', message: 'Contains a virus' },
    { code: 'AccessDeniedException', told: 'refused: auth', status: 403 },
    { code: 'UnrecognizedClientException', told: 'refused: auth', status: 403 },
  ])('tells $told of $code', async ({ code, told, message, status }) => {
    aws.faults.add({ operation: 'SendEmail', code, message, status, times: 1 });
    const result = await carrier().mail([GATEWAY]);
    expect(verdict(result)).toBe(told);
    expect(result).toMatchObject({ trouble: { text: expect.stringMatching(/^SES eu-central-1 .*\. [A-Z`].*\.$/) } });
  });

  it('tells that credentials are missing, wrong, or that nobody answers', async () => {
    const failing = (error: Error) => ({ sesv2: () => Promise.reject(error), sns: () => Promise.reject(error) });
    const none = Object.assign(new Error('Could not load credentials'), { name: 'CredentialsProviderError' });
    const result = await createTestCarrier({ aws: failing(none) }).mail([GATEWAY]);
    expect(verdict(result)).toBe('refused: not_configured');
    const wrong = clientsOf({ ...aws, secretAccessKey: 'not-the-secret' });
    expect(verdict(await createTestCarrier({ aws: wrong }).mail([GATEWAY]))).toBe('refused: auth');
    const nobody = clientsOf({ ...aws, url: 'http://127.0.0.1:1' });
    expect(verdict(await createTestCarrier({ aws: nobody }).mail([GATEWAY]))).toBe('later: refused_connection');
  });

  it('asks whether a region exists when its name is not in DNS', async () => {
    const unknown = clientsOf({ ...aws, url: 'http://email.eu-nowhere-1.invalid' });
    const result = await createTestCarrier({ aws: unknown }).mail([{ kind: 'ses', region: 'eu-nowhere-1' }]);
    expect(verdict(result)).toBe('later: dns');
    expect(result).toMatchObject({ trouble: { text: expect.stringContaining('Is eu-nowhere-1 a region') } });
  });
});
