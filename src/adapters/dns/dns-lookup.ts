import { Resolver } from 'node:dns/promises';
import type { DnsLookup } from '../../services/email-identities/ports.ts';

const TIMEOUT_MS = 3_000;
const TRIES = 2;

export interface DnsSettings {
  /** `192.0.2.53` or `192.0.2.53:5353`; missing: those of the machine. */
  readonly servers?: readonly string[] | undefined;
  /** Of the first try; the second one waits longer. */
  readonly timeoutMs?: number | undefined;
}

/** Asks the DNS itself and nothing that remembers: a record that was just corrected is seen as soon as its server lets it. */
export function createDnsLookup({ servers, timeoutMs = TIMEOUT_MS }: DnsSettings = {}): DnsLookup {
  const resolver = new Resolver({ timeout: timeoutMs, tries: TRIES });
  if (servers !== undefined) {
    resolver.setServers(servers);
  }
  return {
    async cname(name) {
      try {
        const [target] = await resolver.resolveCname(name);
        return target === undefined ? { missing: 'no_cname' } : { target: plain(target) };
      } catch (error) {
        return { missing: reasonOf(error) };
      }
    },
  };
}

/** Servers that fail, refuse or are silent say nothing about the record. */
function reasonOf(error: unknown): 'no_such_name' | 'no_cname' | 'no_answer' {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOTFOUND' ? 'no_such_name' : code === 'ENODATA' ? 'no_cname' : 'no_answer';
}

function plain(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}
