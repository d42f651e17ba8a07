import { randomUUID } from 'node:crypto';
import { AwsError } from '../aws-error.ts';
import type { AwsService } from '../http/aws-request.ts';
import type { MovableClock } from '../movable-clock.ts';
import { createOperations, type Operation } from '../schema/operations.ts';
import { createQueryService } from '../schema/query-xml.ts';

const NAMESPACE = 'http://sns.amazonaws.com/doc/2010-03-31/';
const PHONE = /^\+[1-9]\d{6,14}$/;
const LONGEST_TEXT = 1_600;

/** A text message that SNS took. */
export interface SentText {
  readonly messageId: string;
  readonly region: string;
  readonly at: Date;
  readonly to: string;
  readonly text: string;
  readonly senderId: string | undefined;
}

export interface SnsDeps {
  readonly texts: SentText[];
  readonly optedOut: ReadonlySet<string>;
  readonly clock: MovableClock;
}

/** SNS, as far as text messages to phones go. */
export async function createSnsService(deps: SnsDeps): Promise<AwsService> {
  const served = { Publish: publish(deps), CheckIfPhoneNumberIsOptedOut: checkOptOut(deps) };
  return createQueryService(createOperations(await import('@aws-sdk/client-sns'), served), NAMESPACE);
}

function publish({ texts, optedOut, clock }: SnsDeps): Operation {
  return ({ PhoneNumber, Message, MessageAttributes = {} }, { region }) => {
    if (PhoneNumber === undefined) {
      throw new AwsError(
        'InvalidParameter',
        'Invalid parameter: TopicArn or TargetArn Reason: no value for required parameter',
      );
    }
    checkPhone(PhoneNumber);
    if (Message === '' || Message.length > LONGEST_TEXT) {
      throw new AwsError(
        'InvalidParameter',
        `Invalid parameter: ${Message === '' ? 'Empty message' : 'Message too long'}`,
      );
    }
    if (optedOut.has(PhoneNumber)) {
      throw new AwsError('OptedOut', `Phone number ${PhoneNumber} is opted out.`);
    }
    const messageId = randomUUID();
    const senderId = MessageAttributes['AWS.SNS.SMS.SenderID']?.StringValue;
    texts.push({ messageId, region, at: clock.now(), to: PhoneNumber, text: Message, senderId });
    return { MessageId: messageId };
  };
}

function checkOptOut({ optedOut }: SnsDeps): Operation {
  return ({ phoneNumber }) => {
    checkPhone(phoneNumber);
    return { isOptedOut: optedOut.has(phoneNumber) };
  };
}

function checkPhone(phone: string): void {
  if (!PHONE.test(phone)) {
    throw new AwsError(
      'InvalidParameter',
      `Invalid parameter: PhoneNumber Reason: ${phone} is not valid to publish to`,
    );
  }
}
