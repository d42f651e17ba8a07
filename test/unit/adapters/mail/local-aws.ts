import { SESv2Client } from '@aws-sdk/client-sesv2';
import { SNSClient } from '@aws-sdk/client-sns';
import type { Aws } from '../../../../sandbox/aws/start-aws.ts';
import type { AwsClients } from '../../../../src/adapters/aws/aws-clients.ts';

/** Clients of the sandbox's AWS that try once, so that a test need not wait for the library's pauses. */
export function clientsOf(
  aws: Pick<Aws, 'url' | 'accessKeyId' | 'secretAccessKey'>,
): Pick<AwsClients, 'sesv2' | 'sns'> {
  const { url: endpoint, accessKeyId, secretAccessKey } = aws;
  const credentials = { accessKeyId, secretAccessKey };
  const options = (region: string) => ({ region, endpoint, credentials, maxAttempts: 1 });
  return {
    sesv2: async (region) => new SESv2Client(options(region)),
    sns: async (region) => new SNSClient(options(region)),
  };
}
