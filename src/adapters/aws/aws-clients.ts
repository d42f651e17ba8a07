import type { SESv2Client } from '@aws-sdk/client-sesv2';
import type { SNSClient } from '@aws-sdk/client-sns';
import type { Logger } from '../../domain/logger.ts';
import { toAwsLogger } from './aws-logger.ts';

const TRIES = 3;
const CONNECT_TIMEOUT_MS = 5_000;
const REQUEST_TIMEOUT_MS = 10_000;

export interface AwsSettings {
  /** Instead of AWS itself, for everything: `http://127.0.0.1:4566`. */
  readonly endpointUrl?: string | undefined;
  /** Instead of the SDK's own chain. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
  readonly logger: Logger;
}

/**
 * The clients of AWS, one a service and region, made when they are first asked for. Credentials come from the SDK's own
 * chain: environment, files, then the machine's role. Each call is tried three times at most, each try 10 s at most.
 */
export interface AwsClients {
  /** @param region `eu-central-1`. */
  sesv2(region: string): Promise<SESv2Client>;
  sns(region: string): Promise<SNSClient>;
  /** Ends connections that are kept open. */
  close(): void;
}

/** The libraries are loaded with the first client: a bot that sends nothing by AWS never pays for them. */
export function createAwsClients(settings: AwsSettings): AwsClients {
  const kept = new Map<string, Promise<Closable>>();

  function keep<Client extends Closable>(service: string, region: string, make: () => Promise<Client>) {
    const key = `${service} ${region}`;
    const client = (kept.get(key) as Promise<Client> | undefined) ?? make();
    kept.set(key, client);
    return client;
  }

  return {
    sesv2: (region) =>
      keep('sesv2', region, async () => {
        const { SESv2Client } = await import('@aws-sdk/client-sesv2');
        return new SESv2Client(clientOptions(region, settings));
      }),
    sns: (region) =>
      keep('sns', region, async () => {
        const { SNSClient } = await import('@aws-sdk/client-sns');
        return new SNSClient(clientOptions(region, settings));
      }),
    close() {
      for (const client of kept.values()) {
        client.then((opened) => opened.destroy()).catch(() => undefined);
      }
      kept.clear();
    },
  };
}

interface Closable {
  destroy(): void;
}

/** What the clients of all services share. */
function clientOptions(region: string, { endpointUrl, credentials, logger }: AwsSettings) {
  return {
    region,
    maxAttempts: TRIES,
    logger: toAwsLogger(logger),
    requestHandler: {
      connectionTimeout: CONNECT_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      // Without it the library only warns when the time is over.
      throwOnRequestTimeout: true,
    },
    ...(credentials === undefined ? {} : { credentials }),
    ...(endpointUrl === undefined ? {} : overrides(endpointUrl)),
  };
}

/** Bucket names and prefixes go before the host's name otherwise, which no other host answers to. */
function overrides(endpoint: string) {
  return { endpoint, disableHostPrefix: true, forcePathStyle: true };
}
