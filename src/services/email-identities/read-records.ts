import type { DkimReading, DkimRecord } from './email-verification.ts';
import type { DnsLookup, EmailIdentity } from './ports.ts';

/** What the DNS says right now of each record that the domain needs. Empty while SES has named none. */
export async function readRecords(
  { domain, dkimTokens, signingHostedZone }: EmailIdentity,
  dns: DnsLookup,
): Promise<readonly DkimRecord[]> {
  if (signingHostedZone === undefined) {
    return [];
  }
  return Promise.all(
    dkimTokens.map(async (token) => {
      const name = `${token}._domainkey.${domain}`;
      const target = `${token}.${plain(signingHostedZone)}`;
      return { name, target, reading: await readRecord({ name, target, domain }, dns) };
    }),
  );
}

interface Wanted {
  readonly name: string;
  readonly target: string;
  readonly domain: string;
}

async function readRecord({ name, target, domain }: Wanted, dns: DnsLookup): Promise<DkimReading> {
  const found = await dns.cname(name);
  if ('target' in found) {
    return judgeTarget(found.target, target, domain);
  }
  if (found.missing === 'no_answer') {
    return { kind: 'unknown' };
  }
  const doubled = `${name}.${domain}`;
  if ('target' in (await dns.cname(doubled))) {
    return { kind: 'name_doubled', at: doubled };
  }
  return { kind: found.missing === 'no_cname' ? 'other_type' : 'missing' };
}

function judgeTarget(found: string, wanted: string, domain: string): DkimReading {
  if (found === plain(wanted)) {
    return { kind: 'right' };
  }
  const isDoubled = found === `${plain(wanted)}.${plain(domain)}`;
  return { kind: isDoubled ? 'target_doubled' : 'elsewhere', target: found };
}

function plain(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}
