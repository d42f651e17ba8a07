import { createHash } from 'node:crypto';
import { AwsError } from '../aws-error.ts';
import type { Operation } from '../schema/operations.ts';
import { lookForDkim } from './look-for-dkim.ts';
import { type Identity, normal, type SesRegion } from './ses-region.ts';
import type { SesDeps } from './ses-service.ts';

const NAME = /^([^\s@]+@)?([a-z0-9-]+\.)+[a-z0-9-]{2,}$/;

export function identityOperations({ region, lookup, clock }: SesDeps): Readonly<Record<string, Operation>> {
  const refreshed = async (identity: Identity) => {
    await lookForDkim(identity, lookup, clock.now());
    return identity;
  };
  return {
    async CreateEmailIdentity({ EmailIdentity }, scope) {
      const { identities } = region(scope.region);
      const name = normal(EmailIdentity);
      if (!NAME.test(name)) {
        throw new AwsError('BadRequestException', `Invalid email identity <${EmailIdentity}>.`);
      }
      if (identities.has(name)) {
        throw new AwsError('AlreadyExistsException', `Email identity ${name} already exist.`);
      }
      const identity = newIdentity(name, scope.region, clock.now());
      identities.set(name, identity);
      const { IdentityType, VerifiedForSendingStatus, DkimAttributes } = describe(await refreshed(identity));
      return { IdentityType, VerifiedForSendingStatus, DkimAttributes };
    },
    async GetEmailIdentity({ EmailIdentity }, scope) {
      return describe(await refreshed(find(EmailIdentity, region(scope.region))));
    },
    async ListEmailIdentities(_input, scope) {
      const all = await Promise.all([...region(scope.region).identities.values()].map(refreshed));
      return {
        EmailIdentities: all.map(({ name, kind, status }) => ({
          IdentityName: name,
          IdentityType: kind,
          SendingEnabled: status === 'SUCCESS',
          VerificationStatus: status,
        })),
      };
    },
    DeleteEmailIdentity({ EmailIdentity }, scope) {
      const { name } = find(EmailIdentity, region(scope.region));
      region(scope.region).identities.delete(name);
    },
  };
}

function find(typed: string, { identities }: SesRegion): Identity {
  const found = identities.get(normal(typed));
  if (found === undefined) {
    throw new AwsError('NotFoundException', `Email identity ${typed} does not exist.`);
  }
  return found;
}

/** The zone is none that anybody would guess: whoever does not read it from the API gets it wrong here. */
export function newIdentity(name: string, region: string, now: Date): Identity {
  const isDomain = !name.includes('@');
  const token = (salt: string) => {
    const hash = createHash('sha256').update(`${region} ${name} ${salt} ${now.toISOString()}`).digest('hex');
    return BigInt(`0x${hash}`).toString(36).slice(0, 32);
  };
  return {
    name,
    kind: isDomain ? 'DOMAIN' : 'EMAIL_ADDRESS',
    createdAt: now,
    dkimTokens: isDomain ? ['1', '2', '3'].map(token) : [],
    signingHostedZone: `${token('zone').slice(0, 6)}.dkim.${region}.amazonses.com`,
    status: 'PENDING',
  };
}

function describe({ kind, status, dkimTokens, signingHostedZone, errorType, checkedAt }: Identity) {
  const isVerified = status === 'SUCCESS';
  return {
    IdentityType: kind,
    FeedbackForwardingStatus: true,
    VerifiedForSendingStatus: isVerified,
    VerificationStatus: status,
    DkimAttributes: {
      SigningEnabled: kind === 'DOMAIN',
      Status: kind === 'DOMAIN' ? status : 'NOT_STARTED',
      ...(kind === 'DOMAIN' ? { Tokens: dkimTokens, SigningHostedZone: signingHostedZone } : {}),
      SigningAttributesOrigin: 'AWS_SES',
      NextSigningKeyLength: 'RSA_2048_BIT',
      CurrentSigningKeyLength: 'RSA_2048_BIT',
    },
    Policies: {},
    Tags: [],
    ...(checkedAt === undefined
      ? {}
      : {
          VerificationInfo: {
            LastCheckedTimestamp: checkedAt.getTime() / 1_000,
            ...(errorType && { ErrorType: errorType }),
          },
        }),
  };
}
