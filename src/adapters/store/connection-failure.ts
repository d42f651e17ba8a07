import { SetupError } from '../../domain/errors.ts';

/** By the code of Node or of PostgreSQL. */
const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there. Is the server running, and is the port right?',
  ENOTFOUND: 'the name of the server is not known. Check the spelling and the DNS.',
  EAI_AGAIN: 'the name of the server could not be looked up. Check the DNS.',
  ETIMEDOUT: 'it did not answer in time. Is a firewall in between?',
  EHOSTUNREACH: 'there is no route to the server.',
  ENETUNREACH: 'there is no route to the server.',
  ECONNRESET: 'it closed the connection. Is TLS needed (sslmode=require)?',
  ENOENT: 'there is no such Unix socket. Is the server running?',
  EACCES: 'its Unix socket may not be used by this account.',
  '28P01': 'it refused the password.',
  '28000': 'it refused the user. Check pg_hba.conf and whether TLS is needed (sslmode=require).',
  '3D000': 'it has no database of this name. Create it first.',
  '42501': 'the user may not use this database.',
  '53300': 'it has no connection left. Raise max_connections, or run fewer replicas.',
  '57P03': 'it is starting up or shutting down. Try again in a moment.',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is not trusted. Set NODE_EXTRA_CA_CERTS to the CA of the server.',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is not trusted. Set NODE_EXTRA_CA_CERTS to the CA of the server.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is not trusted. Set NODE_EXTRA_CA_CERTS to the CA of the server.',
};

/** A server that is on its way up, or out of reach for a while. */
const MAY_PASS = new Set(
  'ECONNREFUSED EAI_AGAIN ETIMEDOUT EHOSTUNREACH ENETUNREACH ECONNRESET ENOENT 53300 57P03'.split(' '),
);

/** Where a database is, for people: never with user or password. */
export function describeAddress(databaseUrl: string): string {
  const url = URL.canParse(databaseUrl) ? new URL(databaseUrl) : undefined;
  const host = url?.searchParams.get('host') || decodeURIComponent(url?.hostname ?? '');
  if (url === undefined || host === '') {
    throw new SetupError('DATABASE_URL is not an address like postgresql://user:password@host:5432/database.');
  }
  return host.startsWith('/') ? host : `${host}:${url.port || '5432'}`;
}

/** Says why a PostgreSQL could not be connected to, and what to do. */
export function explainConnectionFailure(address: string, error: unknown): SetupError {
  const { code, message } = error as NodeJS.ErrnoException;
  const timedOut = /timeout/i.test(message ?? '') ? 'ETIMEDOUT' : undefined;
  const known = code ?? timedOut ?? '';
  const reason = REASONS[known] ?? `${message || code || 'unknown reason'}.`;
  // Node's error for an address that is none holds the whole address.
  const cause = code === 'ERR_INVALID_URL' ? undefined : error;
  return new SetupError(`The PostgreSQL of DATABASE_URL at ${address} cannot be used: ${reason}`, {
    cause,
    mayPass: MAY_PASS.has(known),
  });
}
