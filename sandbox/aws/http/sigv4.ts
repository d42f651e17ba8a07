import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { AwsError } from '../aws-error.ts';
import type { AwsRequest, Scope } from './aws-request.ts';
import { canonicalRequest } from './canonical-request.ts';

const ALGORITHM = 'AWS4-HMAC-SHA256';
const MOST_SKEW_MS = 5 * 60_000;
const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=(?<key>[^/,\s]+)\/(?<date>\d{8})\/(?<region>[^/,\s]+)\/(?<service>[^/,\s]+)\/aws4_request,\s*SignedHeaders=(?<signed>[^,\s]+),\s*Signature=(?<signature>[0-9a-f]{64})$/;

interface Signed extends Scope {
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Codes are told apart by protocol: what JSON calls `InvalidSignatureException` is `SignatureDoesNotMatch` in XML. */
export type SignatureProblem = 'missing' | 'incomplete' | 'unknown_key' | 'mismatch';

export class SignatureError extends AwsError {
  override name = 'SignatureError';
  readonly problem: SignatureProblem;

  constructor(problem: SignatureProblem, message: string) {
    super(problem, message, problem === 'incomplete' ? 400 : 403);
    this.problem = problem;
  }
}

/** For whom and what a request says that it is signed; nothing of it is proved. @throws {SignatureError} */
export function readScope({ headers }: AwsRequest): Signed {
  const { authorization } = headers;
  if (authorization === undefined) {
    throw new SignatureError('missing', 'Missing Authentication Token');
  }
  const found = AUTHORIZATION.exec(authorization)?.groups;
  if (found === undefined) {
    throw new SignatureError('incomplete', `Authorization header requires ${ALGORITHM} with 'Credential', ...`);
  }
  const { key = '', date = '', region = '', service = '', signed = '', signature = '' } = found;
  return { accessKeyId: key, date, region, service, signedHeaders: signed.split(';'), signature };
}

/** @throws {SignatureError} when key, time, headers or body are not those that were signed. */
export function verifySignature(request: AwsRequest, keys: Keys, now: Date): Scope {
  const signed = readScope(request);
  if (signed.accessKeyId !== keys.accessKeyId) {
    throw new SignatureError('unknown_key', 'The security token included in the request is invalid.');
  }
  checkHeaders(request, signed);
  checkTime(request, signed, now);
  const expected = signatureOf(request, signed, keys);
  if (!timingSafeEqual(Buffer.from(expected), Buffer.from(signed.signature))) {
    throw new SignatureError(
      'mismatch',
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    );
  }
  return signed;
}

/** A header that AWS acts on must be covered by the signature. */
function checkHeaders({ headers }: AwsRequest, { signedHeaders }: Signed): void {
  const needed = ['host', ...Object.keys(headers).filter((name) => name.startsWith('x-amz-'))];
  const unsigned = needed.filter((name) => !signedHeaders.includes(name));
  if (unsigned.length > 0) {
    throw new SignatureError('mismatch', `'${unsigned.join(', ')}' must be a 'SignedHeader' in the AWS Authorization.`);
  }
}

function checkTime({ headers }: AwsRequest, { date }: Signed, now: Date): void {
  const sent = headers['x-amz-date'] ?? '';
  const at = Date.parse(sent.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  if (Number.isNaN(at) || !sent.startsWith(date)) {
    throw new SignatureError(
      'incomplete',
      "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of 'X-Amz-Date'.",
    );
  }
  const skew = at - now.getTime();
  if (skew < -MOST_SKEW_MS) {
    const oldest = new Date(now.getTime() - MOST_SKEW_MS);
    throw new SignatureError(
      'mismatch',
      `Signature expired: ${sent} is now earlier than ${basic(oldest)} (${basic(now)} - 5 min.)`,
    );
  }
  if (skew > MOST_SKEW_MS) {
    const latest = new Date(now.getTime() + MOST_SKEW_MS);
    throw new SignatureError(
      'mismatch',
      `Signature not yet current: ${sent} is still later than ${basic(latest)} (${basic(now)} + 5 min.)`,
    );
  }
}

function basic(date: Date): string {
  return `${date.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}

function signatureOf(request: AwsRequest, signed: Signed, { secretAccessKey }: Keys): string {
  const { date, region, service } = signed;
  const canonical = canonicalRequest(request, signed.signedHeaders);
  const hash = createHash('sha256').update(canonical).digest('hex');
  const toSign = [ALGORITHM, request.headers['x-amz-date'], `${date}/${region}/${service}/aws4_request`, hash].join(
    '\n',
  );
  const key = [date, region, service, 'aws4_request'].reduce<Buffer>(
    (secret, part) => createHmac('sha256', secret).update(part).digest(),
    Buffer.from(`AWS4${secretAccessKey}`),
  );
  return createHmac('sha256', key).update(toSign).digest('hex');
}
