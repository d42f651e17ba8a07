/** Who may do what in the sandbox, who must agree, and how changes go over hosts. */
export const ROLES = {
  operator: [
    'host.read',
    'inventory.read',
    'access_path.check',
    'patch.plan',
    'change.request',
    'change.approve',
    'rollout.read',
    'rollout.control',
    'break_glass.use',
    'alert.read',
    'alert.manage',
    'metric.read',
    'email.manage',
    'access.read',
    'access.manage',
  ],
  approver: [
    'host.read',
    'inventory.read',
    'patch.plan',
    'change.approve',
    'rollout.read',
    'rollout.control',
    'lock.break',
    'break_glass.review',
    'alert.read',
    'alert.manage',
    'metric.read',
    'access.read',
    'access.manage',
  ],
  auditor: ['audit.read', 'inventory.read', 'rollout.read', 'alert.read', 'metric.read', 'access.read'],
  customer: [
    'host.read',
    'inventory.read',
    'change.approve',
    'rollout.read',
    'alert.read',
    'access.request',
    'access.read',
  ],
  'dashboard-viewer': ['metric.read', 'alert.read', 'rollout.read'],
} as const;

/** Who holds which role, for which customers. Nobody knows mallory. */
export const ASSIGNMENTS = [
  { person: 'alice', role: 'operator', customers: 'all' },
  { person: 'bob', role: 'operator', customers: ['acme'] },
  { person: 'bob', role: 'approver', customers: ['acme'] },
  { person: 'carol', role: 'approver', customers: 'all' },
  { person: 'erin', role: 'auditor', customers: 'all' },
  { person: 'dana', role: 'customer', customers: ['acme'] },
  { person: 'dana', role: 'dashboard-viewer', customers: ['acme'] },
  { person: 'gus', role: 'customer', customers: ['globex'] },
] as const;

const COMMON = { changes: ['patch', 'update', 'restart', 'deploy'], requested_by: ['operator'], expires_after: '8h' };
const ONE_OF_OURS = [{ role: 'approver', count: 1, team: 'home' }];

/** A policy of each kind: with the customer, for anybody who approves, for one of ours, and for some hours alone. */
export const APPROVAL_POLICIES = [
  {
    ...COMMON,
    name: 'acme-production',
    environments: ['acme/prod'],
    approved_by: [...ONE_OF_OURS, { role: 'customer', count: 1, team: 'customer' }],
    confirm_by_typing: true,
    break_glass: { roles: ['operator'], lasts: '15m', review_within: '1d' },
  },
  { ...COMMON, name: 'acme-development', environments: ['acme/dev'], approved_by: [{ role: 'approver' }] },
  ...['acme', 'globex'].map((customer) => ({
    ...COMMON,
    name: `${customer}-access`,
    environments: [`${customer}/prod`],
    changes: ['access'],
    requested_by: ['customer'],
    approved_by: ONE_OF_OURS,
  })),
  { ...COMMON, name: 'globex-production', environments: ['globex/prod'], approved_by: ONE_OF_OURS },
  {
    ...COMMON,
    name: 'initech-production',
    environments: ['initech/prod'],
    approved_by: ONE_OF_OURS,
    expires_after: '2d',
    hours: { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '20:00', to: '04:00', time_zone: 'UTC' },
  },
];

/** Quick enough to be watched. */
export const ROLLOUT = {
  canary: 1,
  wave: 2,
  start_deadline: '60s',
  observe: '2s',
  drain_deadline: '10s',
  change_deadline: '5m',
  package_lock_wait: '15s',
  maintenance: '10m',
};

/** Quick enough to be watched, too: a host that is frozen is in the channel within half a minute. */
export const MONITORING = {
  every: '15s',
  tell_customer: true,
  holds: {
    access_path: { warning: '0s', critical: '0s', clear: '0s' },
    reachability: { warning: '0s', critical: '0s', clear: '0s' },
    disk: { warning: '20s', critical: '0s', clear: '0s' },
    inodes: { warning: '20s', critical: '0s', clear: '0s' },
    memory: { warning: '20s', critical: '20s', clear: '15s' },
    cpu: { warning: '20s', critical: '20s', clear: '15s' },
    load: { warning: '20s', critical: '20s', clear: '15s' },
    heap: { warning: '20s', critical: '0s', clear: '0s' },
    application: { warning: '0s', critical: '0s', clear: '0s' },
    missing: { warning: '20s', critical: '20s', clear: '0s' },
    service: { warning: '0s', critical: '0s', clear: '0s' },
  },
  runbooks: {
    disk: 'https://runbooks.meridian.example/disk-full',
    reachability: 'https://runbooks.meridian.example/host-down',
    application: 'https://runbooks.meridian.example/wso2-down',
  },
};
