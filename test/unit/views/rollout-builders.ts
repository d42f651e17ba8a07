import type { Person } from '../../../src/domain/actor.ts';
import { DEFAULT_ROLLOUT } from '../../../src/domain/inventory.ts';
import type { Approval } from '../../../src/services/approvals/approval.ts';
import type { BreakGlass } from '../../../src/services/approvals/break-glass-service.ts';
import type { ChangePlan, HostPlan } from '../../../src/services/rollouts/host-change.ts';
import type { RolloutFacts } from '../../../src/services/rollouts/ports.ts';
import type { Rollout, RolloutHost, RolloutState } from '../../../src/services/rollouts/rollout.ts';
import { NOW } from '../../support/builders.ts';

export const ROLLOUT_STATES: readonly RolloutState[] = [
  'awaiting_approval',
  'waiting',
  'running',
  'paused',
  'succeeded',
  'failed',
  'aborted',
  'rejected',
  'expired',
];

export const ALICE = aNamedPerson('Alice Moreau', 'T0MERIDIAN:U0ALICE');
export const CAROL = aNamedPerson('Carol Mensah', 'T0MERIDIAN:U0CAROL');
export const DANA = aNamedPerson('Dana Okafor', 'T0ACME:U0DANA');

function aNamedPerson(name: string, id: Person['id']): Person {
  return { id, accounts: [id], name };
}

/** @param minutes before now. */
export function ago(minutes: number): Date {
  return new Date(NOW.getTime() - minutes * 60_000);
}

export function aHostPlan(host: string, overrides: Partial<HostPlan> = {}): HostPlan {
  return {
    host,
    role: 'gateway',
    lines: ['openssl 3.0.20 → 3.0.22 (security)'],
    work: {},
    rollback: 'the versions before are in the cache of apt',
    ...overrides,
  };
}

export function aPlan(hosts: readonly HostPlan[], overrides: Partial<ChangePlan> = {}): ChangePlan {
  return {
    type: 'os_packages',
    kind: 'patch',
    spec: {},
    title: 'Install 7 packages (4 security) on 2 hosts',
    hosts,
    idle: [],
    problems: [],
    warnings: [],
    ...overrides,
  };
}

export function aRollout(overrides: Partial<Rollout> = {}): Rollout {
  return {
    id: '7kq2m9xd',
    customer: 'acme',
    environment: 'prod',
    requester: ALICE,
    reason: 'CVE of the week',
    plan: aPlan([aHostPlan('apim-1'), aHostPlan('apim-2')]),
    waves: [['apim-1'], ['apim-2']],
    settings: DEFAULT_ROLLOUT,
    approvalId: '7kq2m9xd-1',
    channels: ['C0ACMEOPS'],
    state: 'awaiting_approval',
    control: { wish: 'run' },
    createdAt: ago(10),
    ...overrides,
  };
}

export function anApproval(overrides: Partial<Approval> = {}): Approval {
  return {
    id: '7kq2m9xd-1',
    workflowId: 'rollout:7kq2m9xd',
    customer: 'acme',
    environment: 'prod',
    change: 'patch',
    title: 'Install 7 packages (4 security) on 2 hosts',
    requester: ALICE,
    digest: 'a'.repeat(64),
    requestedAt: ago(10),
    expiresAt: ago(-480),
    status: 'pending',
    votes: [],
    ...overrides,
  };
}

export function aHostState(host: string, overrides: Partial<RolloutHost> = {}): RolloutHost {
  return { host, wave: 0, state: 'waiting', ...overrides };
}

export function someFacts(overrides: Partial<RolloutFacts> = {}): RolloutFacts {
  const rollout = overrides.rollout ?? aRollout();
  return {
    rollout,
    hosts: rollout.waves.flatMap((wave, index) => wave.map((host) => aHostState(host, { wave: index }))),
    approval: anApproval(),
    openSeats: [
      { role: 'approver', count: 1, team: 'home' },
      { role: 'customer', count: 1, team: 'customer' },
    ],
    now: NOW,
    links: {},
    ...overrides,
  };
}

export function aBreakGlass(overrides: Partial<BreakGlass> = {}): BreakGlass {
  return {
    id: 'b7kq2m9x',
    customer: 'acme',
    environment: 'prod',
    person: ALICE,
    reason: 'gateway is down for all customers',
    openedAt: ago(0),
    until: ago(-60),
    reviewDueAt: ago(-24 * 60),
    approvals: [],
    ...overrides,
  };
}

/** What a hostile person or host may say. */
export const EVIL = '<!channel> <https://evil.example|x> `*_~ & \u0000\u001b\u202e\ud800\n'.repeat(60);

/** 200 hosts, and everything as long and as hostile as it gets. */
export function extremeFacts(state: RolloutState): RolloutFacts {
  const names = Array.from({ length: 200 }, (_, index) => `${'h'.repeat(index % 7 === 0 ? 2_000 : 20)}-${index}`);
  const plans = names.map((name, index) =>
    aHostPlan(name, {
      lines: Array.from({ length: 40 }, () => `${index}${EVIL}`),
      rollback: index % 2 ? `none: ${EVIL}${index}` : EVIL,
    }),
  );
  const problems = names.map((host) => ({ host, text: `${host}${EVIL}` }));
  const rollout = aRollout({
    state,
    plan: aPlan(plans, { title: EVIL, warnings: problems, idle: names }),
    waves: names.map((name) => [name]),
    reason: EVIL,
    note: EVIL,
    changedSince: names.map((name) => name + EVIL),
    requester: { ...ALICE, name: EVIL },
    control: { wish: 'abort', by: { ...CAROL, name: EVIL }, at: ago(0) },
    startAt: ago(0),
    nextAt: ago(0),
    startedAt: ago(9),
    endedAt: ago(1),
  });
  const hostStates = ['failed', 'done', 'in_progress', 'waiting', 'skipped'] as const;
  return someFacts({
    rollout,
    hosts: names.map((name, index) =>
      aHostState(name, {
        wave: index,
        state: hostStates[index % 5]!,
        step: EVIL,
        note: EVIL,
        advice: EVIL,
        output: EVIL.repeat(9),
        startedAt: ago(1),
      }),
    ),
    approval: anApproval({
      status: state === 'awaiting_approval' ? 'pending' : 'rejected',
      title: EVIL,
      votes: names.map(() => ({ person: { ...DANA, name: EVIL }, at: ago(1) })),
      decision: { by: { ...DANA, name: EVIL }, at: ago(1), reason: EVIL },
    }),
    openSeats: names.map((role) => ({ role, count: 2, team: 'customer' as const })),
    customerName: EVIL,
    links: Object.fromEntries(names.map((name) => [name, `javascript:${EVIL}`])),
    timeZone: 'Europe/Berlin',
  });
}
