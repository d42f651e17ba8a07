import type { GetAccountResponse, GetEmailIdentityResponse, SESv2Client } from '@aws-sdk/client-sesv2';
import { UserError } from '../../domain/errors.ts';
import type { EmailIdentities, EmailIdentity, SesAccount } from '../../services/email-identities/ports.ts';
import { foreignText } from '../foreign-text.ts';
import type { AwsClients } from './aws-clients.ts';
import { readAwsTrouble } from './aws-trouble.ts';

/** The domain identities that SES has in a region, by its API version 2. */
export function createEmailIdentities(clients: Pick<AwsClients, 'sesv2'>, region: string): EmailIdentities {
  const ask = async <T>(question: (sdk: Sdk, client: SESv2Client) => Promise<T>): Promise<T> => {
    try {
      return await question(await import('@aws-sdk/client-sesv2'), await clients.sesv2(region));
    } catch (error) {
      throw explain(error, region);
    }
  };
  const find = (domain: string) =>
    ask((sdk, client) =>
      unlessNotFound(async () =>
        toIdentity(domain, await client.send(new sdk.GetEmailIdentityCommand({ EmailIdentity: domain }))),
      ),
    );

  async function ensure(domain: string): Promise<EmailIdentity> {
    await ask((sdk, client) => create(domain, sdk, client));
    const made = await find(domain);
    if (made === undefined) {
      throw new UserError(`SES in ${region} says that ${domain} is there, and that it is not.`, { hint: 'Try again.' });
    }
    return made;
  }

  return {
    find,
    ensure,
    async restart(domain) {
      await ask((sdk, client) =>
        unlessNotFound(() => client.send(new sdk.DeleteEmailIdentityCommand({ EmailIdentity: domain }))),
      );
      return ensure(domain);
    },
    account: () =>
      ask(async (sdk, client) => {
        return toAccount(await client.send(new sdk.GetAccountCommand({})), region);
      }),
    suppression: (address) =>
      ask(async (sdk, client) => {
        const command = new sdk.GetSuppressedDestinationCommand({ EmailAddress: address });
        return (await unlessNotFound(() => client.send(command)))?.SuppressedDestination?.Reason;
      }),
  };
}

type Sdk = typeof import('@aws-sdk/client-sesv2');

async function create(domain: string, sdk: Sdk, client: SESv2Client): Promise<void> {
  try {
    await client.send(new sdk.CreateEmailIdentityCommand({ EmailIdentity: domain }));
  } catch (error) {
    if (!(error instanceof sdk.AlreadyExistsException)) {
      throw error;
    }
  }
}

async function unlessNotFound<T>(question: () => Promise<T>): Promise<T | undefined> {
  try {
    return await question();
  } catch (error) {
    if ((error as Error).name === 'NotFoundException') {
      return undefined;
    }
    throw error;
  }
}

function toIdentity(domain: string, answer: GetEmailIdentityResponse): EmailIdentity {
  const { VerifiedForSendingStatus, VerificationStatus, DkimAttributes, VerificationInfo } = answer;
  return {
    domain,
    verifiedForSending: VerifiedForSendingStatus === true,
    // The domain is verified by its DKIM records alone; the status of these is there with older answers too.
    status: VerificationStatus ?? DkimAttributes?.Status ?? 'NOT_STARTED',
    dkimTokens: DkimAttributes?.Tokens ?? [],
    signingHostedZone: DkimAttributes?.SigningHostedZone,
    errorType: VerificationInfo?.ErrorType,
  };
}

function toAccount(answer: GetAccountResponse, region: string): SesAccount {
  const { ProductionAccessEnabled, SendingEnabled, EnforcementStatus, SendQuota } = answer;
  const { Max24HourSend, SentLast24Hours, MaxSendRate } = SendQuota ?? {};
  if (Max24HourSend === undefined || SentLast24Hours === undefined || MaxSendRate === undefined) {
    throw new UserError(`SES in ${region} did not say how much may be sent.`, { hint: 'Try again.' });
  }
  return {
    productionAccess: ProductionAccessEnabled === true,
    sendingEnabled: SendingEnabled === true,
    enforcement: EnforcementStatus ?? 'UNKNOWN',
    max24Hours: Max24HourSend,
    sentLast24Hours: SentLast24Hours,
    maxPerSecond: MaxSendRate,
  };
}

function explain(error: unknown, region: string): UserError {
  if (error instanceof UserError) {
    return error;
  }
  const failure = error instanceof Error ? error : new Error(String(error));
  const common = readAwsTrouble(failure, region);
  const what = common?.what ?? `refused (${failure.name}: ${foreignText(failure.message)})`;
  const hint = common?.next ?? 'Look at what SES says about it.';
  return new UserError(`SES in ${region} ${what}.`, { hint, cause: error });
}
