import { SESv2Client, type SESv2ServiceException } from '@aws-sdk/client-sesv2';
import { SNSClient } from '@aws-sdk/client-sns';
import type { Aws } from '../../sandbox/aws/start-aws.ts';

export const REGION = 'eu-central-1';

interface Difference {
  readonly secretAccessKey?: string;
  readonly accessKeyId?: string;
  /** Defaults to 1: what AWS answers is what a test sees. */
  readonly maxAttempts?: number;
}

/** The real client, aimed at the local AWS. */
export function sesClient(aws: Aws, difference: Difference = {}): SESv2Client {
  return new SESv2Client(options(aws, difference));
}

export function snsClient(aws: Aws, difference: Difference = {}): SNSClient {
  return new SNSClient(options(aws, difference));
}

function options({ url, accessKeyId, secretAccessKey }: Aws, { maxAttempts = 1, ...keys }: Difference) {
  return { endpoint: url, region: REGION, maxAttempts, credentials: { accessKeyId, secretAccessKey, ...keys } };
}

/** What AWS refused with: name and status. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'nothing refused',
    (error: SESv2ServiceException) => `${error.name} ${error.$metadata?.httpStatusCode}: ${error.message}`,
  );
}
