import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { clientAddress } from '../../../src/web/client-address.ts';

const app = new Hono().get('/', (c) => c.text(clientAddress(c)));

async function seen(remoteAddress: string | undefined, forwarded?: string): Promise<string> {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  const env = remoteAddress === undefined ? {} : { incoming: { socket: { remoteAddress, remotePort: 1 } } };
  return (await app.request('/', { headers }, env)).text();
}

describe('clientAddress', () => {
  it.each([
    ['what a proxy on this machine has written last', ['127.0.0.1', '198.51.100.9, 203.0.113.7'], '203.0.113.7'],
    ['that of the proxy when it has written nothing', ['::1'], '::1'],
    ['that of the proxy when it has written no address', ['127.0.0.1', '203.0.113.7, unknown'], '127.0.0.1'],
    ['never what somebody from elsewhere says', ['198.51.100.9', '203.0.113.7'], '198.51.100.9'],
    ['nothing without a socket', [undefined, '203.0.113.7'], ''],
  ])('is %s', async (_, [remote, forwarded], address) => {
    expect(await seen(remote, forwarded)).toBe(address);
  });
});
