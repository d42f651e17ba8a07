import type { TroubleClass } from '../../services/deliveries/ports.ts';
import { foreignText } from '../foreign-text.ts';
import { networkTrouble } from '../network-trouble.ts';

/** What the SDK puts on its errors. */
export interface AwsError extends Error {
  readonly code?: string | undefined;
  readonly $fault?: 'client' | 'server' | undefined;
  readonly $metadata?: { readonly httpStatusCode?: number | undefined } | undefined;
}

export interface AwsTrouble {
  readonly class: TroubleClass;
  /** After the name of the service. */
  readonly what: string;
  readonly next: string;
  readonly isLasting: boolean;
}

const NO_CREDENTIALS: AwsTrouble = {
  class: 'not_configured',
  what: 'has no AWS credentials',
  next: 'Give msops a role, or credentials in its environment.',
  isLasting: true,
};
const TIMED_OUT: AwsTrouble = {
  class: 'timeout',
  what: 'did not answer in time',
  next: 'Check that the firewall lets us out to AWS.',
  isLasting: false,
};
const THROTTLED: AwsTrouble = {
  class: 'quota',
  what: 'takes no more for now',
  next: 'It is tried again; ask AWS for a higher sending quota when this happens often.',
  isLasting: false,
};

const REFUSED_LOGIN =
  /^(UnrecognizedClient|InvalidClientTokenId|SignatureDoesNotMatch|InvalidSignature|IncompleteSignature|MissingAuthenticationToken|ExpiredToken|AccessDenied|AuthorizationError|NotAuthorized|OptInRequired|KMSAccessDenied)(Exception|Error)?$/;
const THROTTLING = /^(Throttl\w*|TooManyRequests|LimitExceeded|RequestLimitExceeded)(Exception)?$/;

/** What the calls to all services of AWS have in common; `undefined`: it is about this call. */
export function readAwsTrouble(error: AwsError, region: string): AwsTrouble | undefined {
  const { name } = error;
  if (/^(CredentialsProviderError|TokenProviderError|ProviderError)$/.test(name)) {
    return NO_CREDENTIALS;
  }
  if (name === 'TimeoutError' || name === 'AbortError') {
    return TIMED_OUT;
  }
  if (REFUSED_LOGIN.test(name)) {
    return refusedLogin(error);
  }
  if (THROTTLING.test(name)) {
    return { ...THROTTLED, what: `${THROTTLED.what} (${foreignText(error.message || name)})` };
  }
  return ofTheNetwork(error, region) ?? ofTheService(error);
}

function refusedLogin({ name, message }: AwsError): AwsTrouble {
  const isPermission = /^(AccessDenied|AuthorizationError|NotAuthorized)/.test(name);
  return {
    class: 'auth',
    what: `refused our credentials (${name}: ${foreignText(message)})`,
    next: isPermission ? 'Allow this action in the IAM policy of msops.' : 'Renew the AWS credentials of msops.',
    isLasting: true,
  };
}

function ofTheNetwork(error: AwsError, region: string): AwsTrouble | undefined {
  const { cause } = error as { cause?: { code?: string } };
  const trouble = networkTrouble([error.code, cause?.code], foreignText(error.message));
  if (trouble?.class === 'dns') {
    const next = `Is ${region} a region of AWS with this service? Else check the DNS of the machine that msops runs on.`;
    return { ...trouble, next, isLasting: false };
  }
  return trouble && { ...trouble, isLasting: false };
}

function ofTheService({ $fault, $metadata, message }: AwsError): AwsTrouble | undefined {
  const isTheirs = $fault === 'server' || ($metadata?.httpStatusCode ?? 0) >= 500;
  return isTheirs
    ? {
        class: 'temporary',
        what: `is in trouble (${foreignText(message)})`,
        next: 'It is tried again.',
        isLasting: false,
      }
    : undefined;
}
