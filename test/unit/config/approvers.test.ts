import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../src/config/load-config.ts';
import { CONFIG_TEXT } from '../../support/config-file.ts';

/** The small configuration with other people and another policy. */
function problemsWith({ assignments, policy }: { assignments: readonly string[]; policy: string }) {
  const lines = assignments.map((words) => {
    const [person, role, customers = 'all'] = words.split(' ');
    return `  - { person: ${person}, role: ${role}, customers: ${customers} }`;
  });
  const text = CONFIG_TEXT.replace(
    /assignments:\n[\s\S]*?(?=approval_policies)/,
    `assignments:\n${lines.join('\n')}\n`,
  );
  const rules = `{ name: p, environments: [acme/prod], changes: [patch], expires_after: 1h, ${policy} }`;
  const { problems } = parseConfig(
    text.replace(/approval_policies:\n[\s\S]*?(?=customers:\n {2}- id)/, `approval_policies:\n  - ${rules}\n`),
  );
  return problems.map(({ path, message }) => `${path}: ${message}`);
}

const ONE_APPROVER = 'requested_by: [operator], approved_by: [{ role: approver }]';
const WHERE = 'approval_policies[0]';

describe('approvers', () => {
  it('are enough when somebody else than who asks can approve', () => {
    expect(problemsWith({ assignments: ['alice operator', 'carol approver'], policy: ONE_APPROVER })).toEqual([]);
  });

  it('are not enough when the only one of them is the only one who may ask', () => {
    expect(problemsWith({ assignments: ['carol operator', 'carol approver'], policy: ONE_APPROVER })).toEqual([
      `${WHERE}.approved_by: can never be given for acme/prod: only carol may ask there, and it needs carol to approve; nobody approves what they asked for`,
    ]);
  });

  it('are enough when one of two who may ask can be served', () => {
    const assignments = ['alice operator', 'carol operator', 'carol approver'];
    expect(problemsWith({ assignments, policy: ONE_APPROVER })).toEqual([]);
  });

  it('are not enough when each of them is needed for the other one as well', () => {
    const assignments = ['alice operator', 'alice approver', 'carol operator', 'carol approver'];
    const policy = 'requested_by: [operator], approved_by: [{ role: approver, count: 2 }]';
    expect(problemsWith({ assignments, policy })).toEqual([
      `${WHERE}.approved_by: can never be given for acme/prod: whoever of alice, carol asks is needed to approve; nobody approves what they asked for`,
    ]);
  });

  it('are not enough when one person would have to fill the seats of two groups', () => {
    const policy = 'requested_by: [operator], approved_by: [{ role: approver }, { role: operator }]';
    const assignments = ['carol operator [acme]', 'carol approver', 'alice operator [globex]'];
    expect(problemsWith({ assignments, policy })).toEqual([
      `${WHERE}.approved_by: needs 2 people for acme/prod, each for one seat, and there are not so many with these roles`,
    ]);
  });

  it('are enough when seats of several groups can be dealt so that each has its own person', () => {
    const policy = 'requested_by: [operator], approved_by: [{ role: approver }, { role: approver, team: customer }]';
    const assignments = ['alice operator', 'dana approver [acme]', 'carol approver'];
    expect(problemsWith({ assignments, policy })).toEqual([]);
  });

  it('of the customer are not ours with a guest account there', () => {
    const guest = CONFIG_TEXT.replace('U0CAROL", name', 'U0CAROL", also: ["T0ACME:U0GUEST"], name');
    const { problems } = parseConfig(guest.replace('person: dana, role: approver', 'person: dana, role: operator'));
    expect(problems.map(({ message }) => message)).toEqual([
      "needs 1 of the role approver for acme/prod, but 0 people of acme's workspace have it",
    ]);
  });

  it('need the permission beside the role', () => {
    const policy = 'requested_by: [operator], approved_by: [{ role: operator }]';
    expect(problemsWith({ assignments: ['alice operator', 'carol operator'], policy })).toEqual([
      `${WHERE}.approved_by[0]: needs 1 of the role operator for acme/prod, but 0 people have it together with the permission change.approve`,
    ]);
  });

  it('may have the permission from another of their roles for this customer, not for another customer', () => {
    const policy = 'requested_by: [operator], approved_by: [{ role: operator }]';
    const having = (scope: string) => ['alice operator', 'carol operator', `carol approver ${scope}`];
    expect(problemsWith({ assignments: having('[acme]'), policy })).toEqual([]);
    expect(problemsWith({ assignments: having('[globex]'), policy })).toHaveLength(1);
  });
});

describe('those who may ask', () => {
  it('need the permission beside the role', () => {
    const policy = 'requested_by: [approver], approved_by: [{ role: approver }]';
    expect(problemsWith({ assignments: ['alice approver', 'carol approver'], policy })).toEqual([
      `${WHERE}.requested_by: nobody with these roles for acme/prod has the permission change.request`,
    ]);
  });
});

describe('break-glass', () => {
  const withGlass = (glass: string) => `${ONE_APPROVER}, break_glass: ${glass}`;
  const assignments = ['alice operator', 'carol approver'];

  it('needs roles that are there', () => {
    const policy = withGlass('{ roles: [oprator], lasts: 1h, review_within: 2d }');
    expect(problemsWith({ assignments, policy })).toEqual([
      `${WHERE}.break_glass.roles[0]: there is no role "oprator" (did you mean "operator"?)`,
    ]);
  });

  it('needs roles that have the permission', () => {
    const policy = withGlass('{ roles: [operator], lasts: 1h, review_within: 2d }');
    expect(problemsWith({ assignments, policy })).toEqual([
      `${WHERE}.break_glass.roles: nobody with these roles for acme/prod has the permission break_glass.use`,
    ]);
  });

  it('is short, and says until when it is reviewed', () => {
    const policy = withGlass('{ roles: [operator], lasts: 2d }');
    expect(problemsWith({ assignments, policy })).toEqual(
      expect.arrayContaining([
        `${WHERE}.break_glass.lasts: must be 1d at most: an emergency is short`,
        `${WHERE}.break_glass.review_within: is missing; it must be text`,
      ]),
    );
  });
});
