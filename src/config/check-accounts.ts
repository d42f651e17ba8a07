import { type Complaint, type ProblemPath, quoted } from './config-problem.ts';
import { duplicateComplaints } from './duplicates.ts';
import type { Skeleton } from './skeleton.ts';

/** A Slack account of a person of the file. */
interface Account {
  readonly handle: string;
  readonly id: string;
  readonly path: ProblemPath;
}

/** That every account is of one person, and of a workspace that has to do with us. */
export function checkAccounts(file: Skeleton): readonly Complaint[] {
  const accounts = accountsOf(file);
  return [
    ...duplicateComplaints(
      'the account',
      accounts.map(({ id, path }) => ({ value: id, path })),
    ),
    ...checkUserIds(accounts),
    ...accounts.flatMap((account) => checkTeam(account, file)),
  ];
}

export function teamOf(personId: string): string {
  return personId.split(':')[0] ?? '';
}

/** The customer whose own person this is; `undefined` for our people. */
export function employerOf(personId: string | undefined, { customers, home_team: homeTeam }: Skeleton) {
  const team = personId === undefined ? undefined : teamOf(personId);
  return customers.find(({ slack_team }) => slack_team !== undefined && slack_team === team && team !== homeTeam);
}

/** What could not be read is skipped: the schema has complained. */
function accountsOf({ people }: Skeleton): readonly Account[] {
  return Object.entries(people).flatMap(([handle, { id, also }]) => {
    const path = ['people', handle];
    const others = also.map((other, index) => ({ id: other, path: [...path, 'also', index] }));
    const all = [{ id, path: [...path, 'id'] }, ...others];
    return all.flatMap((account) =>
      account.id?.includes(':') ? [{ handle, id: account.id, path: account.path }] : [],
    );
  });
}

/** Slack gives a user id to one account only, so that two people with the same one are one. */
function checkUserIds(accounts: readonly Account[]): readonly Complaint[] {
  return accounts.flatMap(({ handle, id, path }, index) => {
    const earlier = accounts.slice(0, index).find((other) => userIdOf(other.id) === userIdOf(id));
    return earlier === undefined || earlier.handle === handle || earlier.id === id
      ? []
      : [
          {
            path,
            message: `${userIdOf(id)} is the user id of ${quoted(earlier.handle)}: list both accounts with one person`,
          },
        ];
  });
}

function userIdOf(personId: string): string {
  return personId.slice(personId.indexOf(':') + 1);
}

function checkTeam({ handle, id, path }: Account, file: Skeleton): readonly Complaint[] {
  const team = teamOf(id);
  const teams = [file.home_team, ...file.customers.map(({ slack_team }) => slack_team)];
  if (file.home_team !== undefined && !teams.includes(team)) {
    return [{ path, message: `${team} is neither home_team nor the slack_team of a customer` }];
  }
  const employer = employerOf(file.people[handle]?.id, file);
  return employer === undefined || team === employer.slack_team
    ? []
    : [{ path, message: `${handle} works for ${employer.id}, so every account must be of ${employer.slack_team}` }];
}
