import {
  GetEmailIdentityResponse$,
  ListSuppressedDestinationsRequest$,
  SendEmailRequest$,
  SuppressedDestination$,
} from '@aws-sdk/client-sesv2';
import { PublishInput$ } from '@aws-sdk/client-sns';
import { describe, expect, it } from 'vitest';
import { schemaProblems } from '../../../../../sandbox/aws/schema/check-schema.ts';
import { resolve } from '../../../../../sandbox/aws/schema/schema.ts';

const problems = (value: unknown, schema: unknown) => schemaProblems(value, resolve(schema));
const simple = (Data: unknown) => ({ Simple: { Subject: { Data }, Body: {} } });

describe('schemaProblems', () => {
  it('finds nothing wrong with what the SDK sends', () => {
    expect(
      problems({ Content: simple('x'), Destination: { ToAddresses: ['a@b.example'] } }, SendEmailRequest$),
    ).toEqual([]);
    const MessageAttributes = { 'AWS.SNS.SMS.SenderID': { DataType: 'String', StringValue: 'msops' } };
    expect(problems({ Message: 'x', PhoneNumber: '+1', MessageAttributes }, PublishInput$)).toEqual([]);
    expect(problems({ Reasons: ['BOUNCE'], PageSize: 1 }, ListSuppressedDestinationsRequest$)).toEqual([]);
  });

  it.each([
    [{}, SendEmailRequest$, '.Content is required in SendEmailRequest'],
    [{ Content: simple(1) }, SendEmailRequest$, '.Content.Simple.Subject.Data must be text, not number'],
    [{ Content: { Raw: { Data: 'no base64!' } } }, SendEmailRequest$, '.Content.Raw.Data must be base64, not string'],
    [{ Content: 'x' }, SendEmailRequest$, '.Content must be EmailContent, not string'],
    [{ Content: {}, Surprise: 1 }, SendEmailRequest$, '.Surprise is not a member of SendEmailRequest'],
    [
      { Content: {}, Destination: { ToAddresses: 'a' } },
      SendEmailRequest$,
      '.Destination.ToAddresses must be a list, not string',
    ],
    [
      { Content: {}, Destination: { ToAddresses: [1] } },
      SendEmailRequest$,
      '.Destination.ToAddresses.0 must be text, not number',
    ],
    [
      { VerifiedForSendingStatus: 'yes' },
      GetEmailIdentityResponse$,
      '.VerifiedForSendingStatus must be true or false, not string',
    ],
    [{ Policies: { a: 1 } }, GetEmailIdentityResponse$, '.Policies.a must be text, not number'],
    [
      { EmailAddress: 'a', Reason: 'BOUNCE', LastUpdateTime: '2026' },
      SuppressedDestination$,
      '.LastUpdateTime must be seconds since 1970, not string',
    ],
    [
      { Message: 'x', MessageAttributes: { a: {} } },
      PublishInput$,
      '.MessageAttributes.a.DataType is required in MessageAttributeValue',
    ],
  ])('finds what does not fit in %j', (value, schema, problem) => {
    expect(problems(value, schema)).toEqual([problem]);
  });
});
