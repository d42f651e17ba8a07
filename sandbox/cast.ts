/** The people, workspaces and channels of the sandbox. Ids are fixed so that tests, docs and the configuration agree. */
export interface SandboxTeam {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
}

export interface SandboxPerson {
  readonly handle: string;
  readonly id: string;
  readonly team: string;
  readonly realName: string;
  readonly title: string;
}

export interface SandboxChannel {
  readonly name: string;
  readonly id: string;
  readonly members: readonly string[];
  /** Teams of other companies that share it (Slack Connect). */
  readonly sharedWith: readonly string[];
  readonly purpose: string;
}

/** The workspace where the app is installed. */
export const HOME_TEAM: SandboxTeam = { id: 'T0MERIDIAN', name: 'Meridian Operations', domain: 'meridian-ops' };

export const TEAMS: readonly SandboxTeam[] = [
  HOME_TEAM,
  { id: 'T0ACME', name: 'Acme Bank', domain: 'acme-bank' },
  { id: 'T0GLOBEX', name: 'Globex Health', domain: 'globex-health' },
];

export const BOT = { userId: 'U0MSOPS', botId: 'B0MSOPS', appId: 'A0MSOPS', name: 'msops' } as const;

export const PEOPLE: readonly SandboxPerson[] = [
  { handle: 'alice', id: 'U0ALICE', team: 'T0MERIDIAN', realName: 'Alice Moreau', title: 'Operator, all customers' },
  { handle: 'bob', id: 'U0BOB', team: 'T0MERIDIAN', realName: 'Bob Tanaka', title: 'Operator and approver, Acme Bank' },
  { handle: 'carol', id: 'U0CAROL', team: 'T0MERIDIAN', realName: 'Carol Mensah', title: 'Approver, all customers' },
  { handle: 'erin', id: 'U0ERIN', team: 'T0MERIDIAN', realName: 'Erin Lindqvist', title: 'Auditor' },
  { handle: 'mallory', id: 'U0MALLORY', team: 'T0MERIDIAN', realName: 'Mallory Quinn', title: 'Not known to msops' },
  { handle: 'dana', id: 'U0DANA', team: 'T0ACME', realName: 'Dana Okafor', title: 'Customer, Acme Bank' },
  { handle: 'gus', id: 'U0GUS', team: 'T0GLOBEX', realName: 'Gus Petrov', title: 'Customer, Globex Health' },
];

const STAFF = ['U0ALICE', 'U0BOB', 'U0CAROL', 'U0ERIN', 'U0MALLORY'];

/** The bot is a member of every channel but #random. */
export const CHANNELS: readonly SandboxChannel[] = [
  { name: 'acme-ops', id: 'C0ACMEOPS', members: STAFF, sharedWith: [], purpose: 'Operating Acme Bank' },
  { name: 'globex-ops', id: 'C0GLOBEXOPS', members: STAFF, sharedWith: [], purpose: 'Operating Globex Health' },
  { name: 'initech-ops', id: 'C0INITECHOPS', members: STAFF, sharedWith: [], purpose: 'Operating Initech' },
  { name: 'ops-all', id: 'C0OPSALL', members: STAFF, sharedWith: [], purpose: 'All customers' },
  {
    name: 'acme-shared',
    id: 'C0ACMESHARED',
    members: [...STAFF, 'U0DANA'],
    sharedWith: ['T0ACME'],
    purpose: 'With the people of Acme Bank',
  },
  {
    name: 'globex-shared',
    id: 'C0GLOBEXSHARED',
    members: [...STAFF, 'U0GUS'],
    sharedWith: ['T0GLOBEX'],
    purpose: 'With the people of Globex Health',
  },
  { name: 'random', id: 'C0RANDOM', members: STAFF, sharedWith: [], purpose: 'Anything else; msops is not here' },
];
