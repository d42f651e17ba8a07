import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Aws, startAws } from '../../../../sandbox/aws/start-aws.ts';
import { clientsOf } from '../mail/local-aws.ts';
import { createTestCarrier, secretsOf, verdict } from '../mail/mail-harness.ts';
import { type Listener, startListener } from '../webhook/listener.ts';

const NUMBERS = ['+491700000001', '+491700000002'] as const;
const SMS = { kind: 'sms', to: NUMBERS, text: 'acme prod: disk on gw-2 – 97 %' } as const;

describe('texts by a webhook', () => {
  let listener: Listener;
  const { send } = createTestCarrier({ secrets: secretsOf({ sms_token: 'token-of-the-gateway' }) });

  beforeAll(async () => {
    listener = await startListener();
  });
  afterAll(() => listener.stop());
  beforeEach(() => listener.answer(200));

  const text = () => send({ phones: { kind: 'webhook', url: listener.url, token: 'sms_token' } }, SMS);

  it('are one POST a number', async () => {
    expect(await text()).toMatchObject({ kind: 'sent', rejected: [] });
    expect(listener.received.map(({ body }) => body)).toEqual(
      NUMBERS.map((to) => ({ to, text: 'acme prod: disk on gw-2 - 97 %', incident: 'a-7f3' })),
    );
    expect(listener.received[0]?.headers.authorization).toBe('Bearer token-of-the-gateway');
    const keys = listener.received.map(({ headers }) => headers['idempotency-key']);
    expect(new Set(keys).size).toBe(2);
  });

  it('tell which number was refused', async () => {
    listener.answer(200, { status: 400, body: 'unknown number' });
    expect(await text()).toMatchObject({
      kind: 'sent',
      rejected: [{ recipient: NUMBERS[1], reason: expect.stringContaining('unknown number') }],
    });
  });

  it('are tried again within the same send for the number that was not texted, and for no other', async () => {
    listener.answer(200, 503, 200);
    expect(await text()).toMatchObject({ kind: 'sent', rejected: [] });
    expect(listener.received.map(({ body }) => (body as { to: string }).to)).toEqual([...NUMBERS, NUMBERS[1]]);
  });

  it('are tried again later when nobody was texted', async () => {
    listener.answer(503);
    expect(verdict(await text())).toBe('later: temporary');
    expect(listener.received).toHaveLength(2);
    listener.answer(401);
    expect(verdict(await text())).toBe('refused: auth');
  });

  it('are refused for a customer without a gateway', async () => {
    expect(verdict(await send({}, SMS))).toBe('refused: not_configured');
  });
});

describe('texts by SNS', () => {
  let aws: Aws;

  beforeAll(async () => {
    aws = await startAws();
  });
  afterAll(() => aws.stop());
  beforeEach(() => {
    aws.faults.clear();
    aws.optedOut.clear();
  });

  const text = (to: readonly string[] = NUMBERS) => {
    const phones = { kind: 'sns', region: 'eu-central-1', senderId: 'MSOPS' } as const;
    return createTestCarrier({ aws: clientsOf(aws) }).send({ phones }, { ...SMS, to });
  };

  it('go to each number with the name of the sender', async () => {
    const result = await text();
    expect(result).toMatchObject({ kind: 'sent', by: 'SNS eu-central-1', rejected: [] });
    const texts = aws.texts().slice(-2);
    expect(texts.map(({ to, senderId }) => [to, senderId])).toEqual(NUMBERS.map((to) => [to, 'MSOPS']));
    expect(result).toMatchObject({ id: texts.map(({ messageId }) => messageId).join(', ') });
  });

  it('say who has opted out, and which number is none', async () => {
    aws.optedOut.add(NUMBERS[0]);
    expect(await text()).toMatchObject({ kind: 'sent', rejected: [{ recipient: NUMBERS[0] }] });
    expect(verdict(await text([NUMBERS[0]]))).toBe('refused: suppressed_recipient');
    expect(verdict(await text(['0170']))).toBe('refused: unknown_recipient');
  });

  it.each([
    { code: 'Throttled', status: 429, told: 'later: quota' },
    { code: 'InternalError', status: 500, told: 'later: temporary' },
    { code: 'AuthorizationError', status: 403, told: 'refused: auth' },
    { code: 'UserError', message: 'Destination number is not verified', told: 'refused: sandbox_recipient' },
  ])('tell $told of $code', async ({ code, status, message, told }) => {
    aws.faults.add({ operation: 'Publish', code, status, message });
    expect(verdict(await text())).toBe(told);
  });
});
