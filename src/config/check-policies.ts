import { type Complaint, noSuch, type ProblemPath } from './config-problem.ts';
import { duplicateComplaints, occurrencesOf } from './duplicates.ts';
import { allEnvironments, environmentsOfPolicy } from './policy-environments.ts';
import type { Skeleton, SkeletonPolicy } from './skeleton.ts';

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
  const atBreakGlass = (index: number) => [...path, 'break_glass', 'roles', index];
  const approving = policy.approved_by.map(({ role }) => role);
  return [
    ...unknownWords({ what: 'environment', words: named, known: environments, pathOf: at('environments') }),
    ...unknownWords({ what: 'role', words: policy.requested_by, known: roles, pathOf: at('requested_by') }),
    ...unknownWords({ what: 'role', words: approving, known: roles, pathOf: at('approved_by', 'role') }),
    ...unknownWords({ what: 'role', words: policy.break_glass.roles, known: roles, pathOf: atBreakGlass }),
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
