import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalDns, startDnsServer } from '../../../../sandbox/aws/dns-server.ts';
import { createDnsLookup } from '../../../../src/adapters/dns/dns-lookup.ts';

const NAME = 'abc._domainkey.acme.example';

describe('createDnsLookup', () => {
  let dns: LocalDns;
  beforeAll(async () => {
    dns = await startDnsServer();
  });
  afterAll(() => dns.stop());
  const look = (name: string, timeoutMs = 1_000) => createDnsLookup({ servers: [dns.address], timeoutMs }).cname(name);

  it('tells the target, lower case and without a dot at the end', async () => {
    dns.cname(NAME, 'ABC.Dkim.amazonses.com');
    expect(await look(NAME)).toEqual({ target: 'abc.dkim.amazonses.com' });
  });

  it('tells a name that is not there from one without a CNAME, and both from a server that fails', async () => {
    dns.other('txt.acme.example');
    dns.servfail('broken.acme.example');
    expect(await look('nowhere.acme.example')).toEqual({ missing: 'no_such_name' });
    expect(await look('txt.acme.example')).toEqual({ missing: 'no_cname' });
    expect(await look('broken.acme.example')).toEqual({ missing: 'no_answer' });
  });

  it('asks a second time and then gives up', async () => {
    dns.silent('silent.acme.example');
    expect(await look('silent.acme.example', 100)).toEqual({ missing: 'no_answer' });
    expect(dns.asked.filter((name) => name === 'silent.acme.example')).toHaveLength(2);
  });

  it('sees a correction at once', async () => {
    dns.cname(NAME, 'first.example');
    const lookup = createDnsLookup({ servers: [dns.address] });
    await lookup.cname(NAME);
    dns.cname(NAME, 'second.example');
    expect(await lookup.cname(NAME)).toEqual({ target: 'second.example' });
  });
});
