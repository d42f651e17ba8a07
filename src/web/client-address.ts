import { isIP } from 'node:net';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';

const OWN_MACHINE: readonly string[] = ['127.0.0.1', '::1', '::ffff:127.0.0.1'];

/**
 * Whose request it is, for counting. From a proxy on this machine it is what the proxy has written last into
 * `X-Forwarded-For`; what stands before that may be anybody's words.
 */
export function clientAddress(c: Context): string {
  const remote = remoteAddress(c);
  const written = c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() ?? '';
  return OWN_MACHINE.includes(remote) && isIP(written) !== 0 ? written : remote;
}

function remoteAddress(c: Context): string {
  try {
    return getConnInfo(c).remote.address ?? '';
  } catch {
    return ''; // Not behind a socket.
  }
}
