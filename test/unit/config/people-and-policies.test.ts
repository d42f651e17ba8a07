import { describe, expect, it } from 'vitest';
import { parseEdited } from '../../support/config-file.ts';

/** One fault each: what is replaced, where it is reported (line and path), and what is said. */
const FAULTS = [
  { fault: 'another version', from: 'version: 1', to: 'version: 2', at: '1 version', says: /must be 1/ },
  {
    fault: 'an unknown key',
    from: 'home_team',
    to: 'home_teem: x\nhome_team',
    at: '2 home_teem',
    says: /did you mean "home_team"/,
  },
  {
    fault: 'an unknown permission',
    from: 'approver: [host.read]',
    to: 'approver: [host.raed]',
    at: '5 roles.approver[0]',
    says: /mean "host.read"/,
  },
  {
    fault: 'a role in capitals',
    from: '  operator: [h',
    to: '  Boss: [host.read]\n  operator: [h',
    at: '4 roles.Boss',
    says: /lower case/,
  },
  {
    fault: 'a role for nothing',
    from: 'approver: [host.read]',
    to: 'approver: []',
    at: '5 roles.approver',
    says: /must not be empty/,
  },
  {
    fault: 'a person by name',
    from: '"T0ACME:U0DANA"',
    to: 'dana@acme.example',
    at: '9 people.dana.id',
    says: /workspace and user id/,
  },
  {
    fault: 'a person of nobody',
    from: 'T0ACME:U0DANA',
    to: 'T0ELSE:U0DANA',
    at: '9 people.dana.id',
    says: /T0ELSE is neither/,
  },
  {
    fault: 'a person twice',
    from: 'T0MERIDIAN:U0CAROL',
    to: 'T0MERIDIAN:U0ALICE',
    at: '8 people.carol.id',
    says: /here twice/,
  },
  {
    fault: 'an assignment of nobody',
    from: 'person: alice',
    to: 'person: alcie',
    at: '11 assignments[0].person',
    says: /mean "alice"/,
  },
  {
    fault: 'an assignment to no role',
    from: 'role: operator',
    to: 'role: oprator',
    at: '11 assignments[0].role',
    says: /mean "operator"/,
  },
  {
    fault: 'an unknown customer',
    from: '[acme, globex]',
    to: '[acme, globx]',
    at: '12 assignments[1].customers[1]',
    says: /mean "globex"/,
  },
  {
    fault: 'an assignment for no customer',
    from: '[acme, globex]',
    to: '[]',
    at: '12 assignments[1].customers',
    says: /must not be empty/,
  },
  {
    fault: "a customer's person for all",
    from: 'customers: [acme] }',
    to: 'customers: all }',
    at: '13 assignments[2].customers',
    says: /only have .acme./,
  },
  {
    fault: "a customer's person for another",
    from: 'customers: [acme] }',
    to: 'customers: [globex] }',
    at: '13 assignments[2].customers[0]',
    says: /only have .acme./,
  },
  {
    fault: 'an assignment twice',
    from: 'person: carol, role: approver',
    to: 'person: alice, role: operator',
    at: '12 assignments[1]',
    says: /here twice/,
  },
  {
    fault: 'a policy elsewhere',
    from: '[acme/prod]',
    to: '[acme/prd]',
    at: '16 approval_policies[0].environments[0]',
    says: /mean "acme\/prod"/,
  },
  {
    fault: 'a policy for everything',
    from: '[acme/prod]',
    to: 'everywhere',
    at: '16 approval_policies[0].environments',
    says: /non_production/,
  },
  {
    fault: 'an unknown kind of change',
    from: '[patch]',
    to: '[patchs]',
    at: '17 approval_policies[0].changes[0]',
    says: /mean "patch"/,
  },
  {
    fault: 'a requester without a role',
    from: 'requested_by: [operator]',
    to: 'requested_by: [x]',
    at: '18 approval_policies[0].requested_by[0]',
    says: /no role/,
  },
  {
    fault: 'an approver without a role',
    from: 'role: approver, team: home',
    to: 'role: aprover, team: home',
    at: '19 approval_policies[0].approved_by[0].role',
    says: /mean "approver"/,
  },
  {
    fault: 'no approvers',
    from: '[{ role: approver, team: home }, { role: approver, team: customer }]',
    to: '[]',
    at: '19 approval_policies[0].approved_by',
    says: /empty/,
  },
  {
    fault: 'more approvers than there are',
    from: 'team: home }',
    to: 'team: home, count: 2 }',
    at: '19 approval_policies[0].approved_by[0]',
    says: /needs 2 .* but 1 person of ours has/,
  },
  {
    fault: 'words for a duration',
    from: 'expires_after: 4h',
    to: 'expires_after: 4 hours',
    at: '20 approval_policies[0].expires_after',
    says: /15m/,
  },
  {
    fault: 'a wrong time of day',
    from: 'expires_after: 4h',
    to: 'expires_after: 4h\n    hours: { days: [mon], from: "7:00", to: "19:00" }',
    at: '21 approval_policies[0].hours.from',
    says: /"07:30"/,
  },
  {
    fault: 'hours that are none',
    from: 'expires_after: 4h',
    to: 'expires_after: 4h\n    hours: { days: [mon], from: "07:00", to: "07:00" }',
    at: '21 approval_policies[0].hours',
    says: /must differ/,
  },
  {
    fault: 'two policies for one change',
    from: 'customers:\n',
    to: '  - { name: b, environments: production, changes: [patch], requested_by: [operator], approved_by: [{ role: approver }], expires_after: 1h }\ncustomers:\n',
    at: '21 approval_policies[1].changes',
    says: /patch in acme\/prod.* twice/,
  },
  {
    fault: 'a key twice',
    from: 'home_team: T0MERIDIAN',
    to: 'home_team: T0MERIDIAN\nhome_team: T0MERIDIAN',
    at: '3 ',
    says: /this key is here twice/,
  },
];

describe('the part of msops.yml about people and policies', () => {
  it.each(FAULTS)('is refused with $fault, at its line', ({ from, to, at, says }) => {
    const { config, problems } = parseEdited({ from, to });
    expect(config).toBeUndefined();
    expect(problems.map(({ line, path }) => `${line} ${path}`)).toEqual([at]);
    expect(problems[0]?.message).toMatch(says);
  });
});
