import { CreateEmailIdentityCommand, GetAccountCommand } from '@aws-sdk/client-sesv2';
import { CheckIfPhoneNumberIsOptedOutCommand, PublishCommand } from '@aws-sdk/client-sns';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Aws, startAws } from '../../../../sandbox/aws/start-aws.ts';
import { REGION, refusal, sesClient, snsClient } from '../../../support/aws.ts';

const PHONE = '+491701234567';

let aws: Aws;
beforeEach(async () => {
  aws = await startAws();
});
afterEach(() => aws.stop());

describe('the local AWS', () => {
  it('refuses a wrong secret and a key that it does not know, as each protocol says it', async () => {
    const [json, query] = [new GetAccountCommand({}), new PublishCommand({ PhoneNumber: PHONE, Message: 'x' })];
    expect(await refusal(sesClient(aws, { secretAccessKey: 'wrong' }).send(json))).toContain(
      'InvalidSignatureException 403',
    );
    expect(await refusal(sesClient(aws, { accessKeyId: 'AKIAX' }).send(json))).toContain(
      'UnrecognizedClientException 403',
    );
    expect(await refusal(snsClient(aws, { secretAccessKey: 'wrong' }).send(query))).toContain(
      'SignatureDoesNotMatch 403',
    );
    expect(await refusal(snsClient(aws, { accessKeyId: 'AKIAX' }).send(query))).toContain('InvalidClientTokenId 403');
    expect((await fetch(`${aws.url}/v2/email/account`)).headers.get('x-amzn-errortype')).toBe(
      'MissingAuthenticationTokenException',
    );
  });

  it('has a clock of its own, by which the SDK sets its own', async () => {
    aws.advance(3_600_000);
    expect(await refusal(sesClient(aws).send(new GetAccountCommand({})))).toContain(
      'InvalidSignatureException 403: Signature expired',
    );
    await sesClient(aws, { maxAttempts: 2 }).send(new GetAccountCommand({}));
    expect(aws.calls.map(({ operation, status }) => `${operation} ${status}`)).toEqual([
      '? 403',
      '? 403',
      'GetAccount 200',
    ]);
  });

  it('fails as often and as slowly as it is told, with the status that the SDK knows', async () => {
    aws.faults.add({ operation: 'GetAccount', code: 'TooManyRequestsException', times: 1, delayMs: 50 });
    const started = performance.now();
    expect(await refusal(sesClient(aws).send(new GetAccountCommand({})))).toContain('TooManyRequestsException 429');
    expect(performance.now() - started).toBeGreaterThan(45);
    await sesClient(aws).send(new GetAccountCommand({}));
    aws.faults.add({ code: 'InternalServiceErrorException', status: 500 });
    expect(await refusal(sesClient(aws).send(new GetAccountCommand({})))).toContain(
      'InternalServiceErrorException 500',
    );
    aws.faults.clear();
    await sesClient(aws).send(new GetAccountCommand({}));
  });

  it('refuses members that no schema knows', async () => {
    const client = sesClient(aws);
    client.middlewareStack.add(
      (next) => (args) => {
        const request = args.request as { body: string };
        request.body = JSON.stringify({ EmailIdentity: 'acme.example', Surprise: 1 });
        return next(args);
      },
      { step: 'serialize', priority: 'low' },
    );
    const call = client.send(new CreateEmailIdentityCommand({ EmailIdentity: 'acme.example' }));
    expect(await refusal(call)).toContain('.Surprise is not a member of CreateEmailIdentityRequest');
  });
});

describe('text messages of the local SNS', () => {
  it('takes one with its sender', async () => {
    const { MessageId } = await snsClient(aws).send(
      new PublishCommand({
        PhoneNumber: PHONE,
        Message: 'Disk full on apim-1 & <b>',
        MessageAttributes: { 'AWS.SNS.SMS.SenderID': { DataType: 'String', StringValue: 'msops' } },
      }),
    );
    expect(aws.texts()).toMatchObject([
      { messageId: MessageId, region: REGION, to: PHONE, text: 'Disk full on apim-1 & <b>', senderId: 'msops' },
    ]);
  });

  it('refuses a strange number, one that opted out, and a message to nobody', async () => {
    const publish = (PhoneNumber: string | undefined) =>
      refusal(snsClient(aws).send(new PublishCommand({ PhoneNumber, Message: 'x' })));
    expect(await publish('0170 1234567')).toContain('InvalidParameterException 400');
    aws.optedOut.add(PHONE);
    expect(await publish(PHONE)).toContain('400: Phone number +491701234567 is opted out.');
    expect(await publish(undefined)).toContain('InvalidParameterException 400');
    const asked = new CheckIfPhoneNumberIsOptedOutCommand({ phoneNumber: PHONE });
    expect((await snsClient(aws).send(asked)).isOptedOut).toBe(true);
  });

  it('throttles when it is told to', async () => {
    aws.faults.add({ operation: 'Publish', code: 'Throttled', times: 1 });
    const call = snsClient(aws).send(new PublishCommand({ PhoneNumber: PHONE, Message: 'x' }));
    expect(await refusal(call)).toContain('ThrottledException 429');
  });
});
