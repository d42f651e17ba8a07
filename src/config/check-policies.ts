import { teamOf } from './check-people.ts';
import { type Complaint, noSuch, type ProblemPath } from './config-problem.ts';
import { duplicateComplaints, occurrencesOf } from './duplicates.ts';
import { allEnvironments, environmentsOfPolicy } from './policy-environments.ts';
import type { Skeleton, SkeletonPolicy } from './skeleton.ts';

type Group = SkeletonPolicy['approved_by'][number];

/** That policies name what is there and do not overlap. */
export function checkPolicies(file: Skeleton): readonly Complaint[] {
  const policies = file.approval_policies;
  const names = occurrencesOf(['approval_policies'], policies, ({ name }) => ({ name }));
  return [
    ...duplicateComplaints('the policy', names),
    ...checkOverlap(file),
    ...policies.flatMap((policy, index) => checkPolicy(policy, ['approval_policies', index], file)),
  ];
}

/** Two policies for one kind of change in one environment would leave open which of them counts. */
function checkOverlap(file: Skeleton): readonly Complaint[] {
  const covered = file.approval_policies.flatMap((policy, index) =>
    environmentsOfPolicy(policy, file).flatMap((environment) =>
      policy.changes.map((change) => ({
        value: change && `${change} in ${environment}`,
        path: ['approval_policies', index, 'changes'],
      })),
    ),
  );
  return duplicateComplaints('a policy for', covered);
}

function checkPolicy(policy: SkeletonPolicy, path: ProblemPath, file: Skeleton): readonly Complaint[] {
  const environments = allEnvironments(file).map(({ ref }) => ref);
  const roles = Object.keys(file.roles);
  const named = typeof policy.environments === 'string' ? [] : policy.environments;
  const at =
    (key: string, ...rest: string[]) =>
    (index: number) => [...path, key, index, ...rest];
  const approving = policy.approved_by.map(({ role }) => role);
  return [
    ...unknownWords({ what: 'environment', words: named, known: environments, pathOf: at('environments') }),
    ...unknownWords({ what: 'role', words: policy.requested_by, known: roles, pathOf: at('requested_by') }),
    ...unknownWords({ what: 'role', words: approving, known: roles, pathOf: at('approved_by', 'role') }),
  ];
}

interface Words {
  readonly what: string;
  readonly words: readonly (string | undefined)[];
  readonly known: readonly string[];
  pathOf(index: number): ProblemPath;
}

function unknownWords({ what, words, known, pathOf }: Words): readonly Complaint[] {
  return words.flatMap((word, index) =>
    word === undefined || known.includes(word) ? [] : [{ path: pathOf(index), message: noSuch(what, word, known) }],
  );
}

/** That every approval can be given by somebody. For a file whose people and assignments are right. */
export function checkApprovers(file: Skeleton): readonly Complaint[] {
  return file.approval_policies.flatMap((policy, index) =>
    policy.approved_by.flatMap((group, position) => {
      const path = ['approval_policies', index, 'approved_by', position];
      const problem = Object.hasOwn(file.roles, group.role ?? '') ? impossible(group, policy, file) : undefined;
      return problem === undefined ? [] : [{ path, message: problem }];
    }),
  );
}

function impossible(group: Group, policy: SkeletonPolicy, file: Skeleton): string | undefined {
  const known = allEnvironments(file).map(({ ref }) => ref);
  for (const ref of environmentsOfPolicy(policy, file).filter((named) => known.includes(named))) {
    const customer = ref.split('/')[0];
    const approvers = approversOf(group, customer, file);
    if (approvers < group.count) {
      const team = { home: ' of ours', customer: ` of ${customer}'s workspace` }[group.team] ?? '';
      const who = approvers === 1 ? `1 person${team} has` : `${approvers} people${team} have`;
      return `needs ${group.count} of the role ${group.role} for ${ref}, but ${who} it`;
    }
  }
  return undefined;
}

function approversOf({ role, team }: Group, customer: string | undefined, file: Skeleton): number {
  const customerTeam = file.customers.find(({ id }) => id === customer)?.slack_team;
  const holders = file.assignments.filter(({ role: held, customers }) => {
    const scope = typeof customers === 'string' ? [customers] : customers;
    return held === role && (scope.includes('all') || scope.includes(customer));
  });
  const wanted = { home: file.home_team, customer: customerTeam ?? 'none' }[team];
  const people = new Set(holders.map(({ person }) => file.people[person ?? '']?.id));
  return [...people].filter((id) => id === undefined || wanted === undefined || teamOf(id) === wanted).length;
}
