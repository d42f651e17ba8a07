import { createHash } from 'node:crypto';
import type { AwsRequest } from './aws-request.ts';

/**
 * What a client signs, by the rules of Signature Version 4 for all services but S3: the path is encoded once more, and the
 * hash is that of the body that came, whatever a header claims.
 */
export function canonicalRequest(request: AwsRequest, signedHeaders: readonly string[]): string {
  const headers = signedHeaders.map((name) => `${name}:${clean(request.headers[name] ?? '')}\n`).join('');
  return [
    request.method,
    canonicalPath(request.path),
    canonicalQuery(request.query),
    headers,
    signedHeaders.join(';'),
    createHash('sha256').update(request.body).digest('hex'),
  ].join('\n');
}

function canonicalPath(path: string): string {
  return path.split('/').map(encode).join('/') || '/';
}

function canonicalQuery(query: URLSearchParams): string {
  return [...query]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .toSorted()
    .join('&');
}

/** RFC 3986, which `encodeURIComponent` is not quite. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function clean(value: string): string {
  return value.trim().replace(/ +/g, ' ');
}
