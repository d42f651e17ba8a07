import type { Person } from '../../../src/domain/actor.ts';
import type { Grant, GrantHost } from '../../../src/services/access/grant.ts';
import type { GrantFacts, HostWay } from '../../../src/services/access/ports.ts';
import { NOW } from '../../support/builders.ts';
import { ago, anApproval, DANA, EVIL } from './rollout-builders.ts';

/** Of nobody; made for tests. */
export const PUBLIC_KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f';
export const FINGERPRINT = 'SHA256:ZkAslGjFiUHdGf/WUL8rQvkib4PTvQatUV0OUQSncCA';

export const OPERATOR: Person = {
  id: 'T0MERIDIAN:U0ALICE',
  accounts: ['T0MERIDIAN:U0ALICE'],
  name: 'Alice Moreau',
};

export function aGrant(overrides: Partial<Grant> = {}): Grant {
  return {
    id: 'a7kq2m9x',
    customer: 'acme',
    environment: 'prod',
    person: DANA,
    userId: 'U0DANA',
    team: 'T0ACME',
    wish: {
      kinds: ['dashboard', 'linux'],
      linux: { hosts: ['apim-1', 'apim-2'], publicKey: PUBLIC_KEY, productLogs: true },
    },
    until: ago(-240),
    reason: 'payments are late since noon',
    ticket: 'ACME-42',
    approvalId: 'a7kq2m9x-1',
    channels: [
      { channelId: 'C0ACMESHARED', kind: 'shared' },
      { channelId: 'C0ACMEOPS', kind: 'ops' },
    ],
    state: 'requested',
    requestedAt: ago(5),
    ...overrides,
  };
}

export function aGrantHost(host: string, overrides: Partial<GrantHost> = {}): GrantHost {
  return { host, user: 'msro-a7kq2m9x', state: 'made', tries: 0, ...overrides };
}

export function aWay(host: string, overrides: Partial<HostWay> = {}): HostWay {
  return {
    ...{ host, address: '10.0.0.5', port: 22, bastions: ['198.51.100.7:2222'], fingerprints: [FINGERPRINT] },
    ...overrides,
  };
}

export function grantFacts(grant: Partial<Grant> = {}, overrides: Partial<GrantFacts> = {}): GrantFacts {
  const made = aGrant(grant);
  const names = made.wish.linux?.hosts ?? [];
  const isPending = made.state === 'requested' || made.extension !== undefined;
  return {
    grant: made,
    hosts: names.map((host) => aGrantHost(host, { state: made.state === 'requested' ? 'waiting' : 'made' })),
    approval: anApproval({
      id: made.extension?.approvalId ?? made.approvalId,
      change: 'access',
      requester: made.person,
      ...(isPending ? {} : { status: 'approved' as const, votes: [{ person: OPERATOR, at: ago(2) }] }),
    }),
    openSeats: isPending ? [{ role: 'approver', count: 1, team: 'home' }] : [],
    customerName: 'Acme Bank',
    timeZone: 'Europe/Zurich',
    before: [],
    ways: names.map((host) => aWay(host)),
    now: NOW,
    ...overrides,
  };
}

/** 200 hosts, and everything as long and as hostile as it gets. */
export function extremeGrant(state: Grant['state']): GrantFacts {
  const hosts = Array.from({ length: 200 }, (_, index) => `${'h'.repeat(index % 7 === 0 ? 2_000 : 20)}-${index}`);
  const person = { ...DANA, name: EVIL };
  const grant = aGrant({
    ...{ state, person, reason: EVIL, ticket: EVIL, note: EVIL, customer: EVIL, environment: EVIL },
    wish: {
      kinds: ['dashboard', 'logs', 'linux'],
      linux: { hosts, publicKey: `${EVIL} ${EVIL}`, productLogs: true },
    },
    endWish: { why: 'revoked', by: person, reason: EVIL, at: ago(1) },
  });
  const states = ['made', 'failed', 'left_behind', 'removed', 'waiting'] as const;
  return grantFacts(grant, {
    customerName: EVIL,
    hosts: hosts.map((host, index) =>
      aGrantHost(host, { state: states[index % 5]!, note: EVIL, user: EVIL, tries: 9, triedAt: ago(1) }),
    ),
    ways: hosts.map((host) => aWay(host, { address: EVIL, bastions: [EVIL, EVIL], fingerprints: [EVIL, EVIL, EVIL] })),
    before: hosts.map((id) => ({ ...grant, id })),
    approval: anApproval({
      status: state === 'requested' ? 'pending' : 'rejected',
      votes: hosts.map(() => ({ person, at: ago(1) })),
      decision: { by: person, at: ago(1), reason: EVIL },
    }),
    openSeats: hosts.map((role) => ({ role, count: 2, team: 'customer' as const })),
  });
}
