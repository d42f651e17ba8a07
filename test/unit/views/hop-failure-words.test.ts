import { describe, expect, it } from 'vitest';
import { HOP_FAILURE_KINDS } from '../../../src/domain/hop-failure.ts';
import { describeHopFailure, shortHopFailure } from '../../../src/views/hop-failure-words.ts';
import { aHopFailure } from '../../support/builders.ts';

const ROLES = ['bastion', 'host', 'vpn'] as const;

describe('describeHopFailure', () => {
  it.each(HOP_FAILURE_KINDS)('says of %s where, why and what to do next', (kind) => {
    for (const role of ROLES) {
      const words = describeHopFailure(aHopFailure({ kind, role, hop: 'x-1', detail: 'after 10 s' }));
      expect(words.what).toMatch(/x-1/);
      expect(words.what).toMatch(/\(after 10 s\)\.$/);
      expect(words.next).toMatch(/^[A-Z].*\.$/);
    }
    expect(shortHopFailure(aHopFailure({ kind })).length).toBeLessThanOrEqual(16);
  });

  it('leaves open whether a bastion refuses the key or the address, as SSH does', () => {
    const { what } = describeHopFailure(
      aHopFailure({ kind: 'authentication_failed', role: 'bastion', hop: 'acme-bastion', address: '192.0.2.10:22' }),
    );
    expect(what).toBe(
      'bastion acme-bastion at 192.0.2.10:22 refused our key, or our source address is not in its allowlist: SSH says the same for both.',
    );
  });

  it('shows the fingerprint of a changed host key and logs in nowhere', () => {
    const { what, next } = describeHopFailure(aHopFailure({ kind: 'host_key_changed', detail: 'offered SHA256:abc' }));
    expect(what).toContain('not the pinned one, so I did not log in (offered SHA256:abc)');
    expect(next).toContain('treat it as an attack');
  });

  it('says different things of a bastion and of a host behind it', () => {
    const next = (role: 'bastion' | 'host') => describeHopFailure(aHopFailure({ kind: 'connect_timeout', role })).next;
    expect(next('bastion')).toContain('allowlist');
    expect(next('host')).not.toContain('allowlist');
  });
});
