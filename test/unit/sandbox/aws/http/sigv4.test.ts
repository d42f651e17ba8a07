import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { AwsRequest } from '../../../../../sandbox/aws/http/aws-request.ts';
import { SignatureError, verifySignature } from '../../../../../sandbox/aws/http/sigv4.ts';

const KEYS = { accessKeyId: 'AKIASANDBOXMSOPS0001', secretAccessKey: 'sandbox-secret-of-the-local-aws' };
const SIGNED_AT = new Date('2026-11-22T10:15:30Z');

interface Recorded extends Omit<AwsRequest, 'path' | 'query' | 'body'> {
  readonly name: string;
  readonly url: string;
  readonly body: string;
}

/** Signed by botocore 1.43, which shares no line with the SDK for JavaScript. */
const RECORDED = JSON.parse(
  readFileSync(new URL('botocore-requests.json', import.meta.url), 'utf8'),
) as readonly Recorded[];

function toRequest({ method, url, headers, body }: Recorded): AwsRequest {
  const [path = '', query = ''] = url.split('?');
  return { method, path, query: new URLSearchParams(query), headers, body: Buffer.from(body) };
}

function problemOf(request: AwsRequest, keys = KEYS, now = SIGNED_AT): string {
  try {
    verifySignature(request, keys, now);
    return 'none';
  } catch (error) {
    return error instanceof SignatureError ? error.problem : String(error);
  }
}

describe('verifySignature', () => {
  const email = toRequest(RECORDED.find(({ name }) => name === 'send_email')!);

  it.each(RECORDED.map((one) => [one.name, one] as const))('takes %s as botocore signs it', (name, recorded) => {
    const scope = verifySignature(toRequest(recorded), KEYS, SIGNED_AT);
    expect(scope).toMatchObject({ region: 'eu-central-1', service: name === 'publish' ? 'sns' : 'ses' });
  });

  it('has requests of another client to look at', () => {
    expect(RECORDED).toHaveLength(5);
  });

  it('refuses another secret, another key, another body, another path and another header', () => {
    expect(problemOf(email, { ...KEYS, secretAccessKey: 'wrong' })).toBe('mismatch');
    expect(problemOf(email, { ...KEYS, accessKeyId: 'AKIAOTHER' })).toBe('unknown_key');
    expect(problemOf({ ...email, body: Buffer.from(`${email.body} `) })).toBe('mismatch');
    expect(problemOf({ ...email, path: '/v2/email/identities' })).toBe('mismatch');
    expect(problemOf({ ...email, headers: { ...email.headers, 'content-type': 'text/plain' } })).toBe('mismatch');
    expect(problemOf({ ...email, query: new URLSearchParams({ more: '1' }) })).toBe('mismatch');
  });

  it('refuses a header of AWS that is not signed', () => {
    expect(problemOf({ ...email, headers: { ...email.headers, 'x-amz-target': 'Other' } })).toBe('mismatch');
  });

  it('takes five minutes of skew and no more', () => {
    const later = (seconds: number) => new Date(SIGNED_AT.getTime() + seconds * 1_000);
    expect([299, -299].map((seconds) => problemOf(email, KEYS, later(seconds)))).toEqual(['none', 'none']);
    expect([301, -301].map((seconds) => problemOf(email, KEYS, later(seconds)))).toEqual(['mismatch', 'mismatch']);
    expect(() => verifySignature(email, KEYS, later(301))).toThrow('is now earlier than 20261122T101531Z');
  });

  it('refuses what is not signed at all, and what cannot be read', () => {
    const { authorization: _, ...headers } = email.headers;
    expect(problemOf({ ...email, headers })).toBe('missing');
    expect(problemOf({ ...email, headers: { ...headers, authorization: 'Bearer x' } })).toBe('incomplete');
    expect(problemOf({ ...email, headers: { ...email.headers, 'x-amz-date': '20261121T101530Z' } })).toBe('incomplete');
  });
});
