import { type Complaint, noSuch, type ProblemPath } from './config-problem.ts';
import { duplicateComplaints } from './duplicates.ts';
import type { Skeleton } from './skeleton.ts';

type Assignment = Skeleton['assignments'][number];

/** Who is who, and that everything that an assignment names is there. */
export function checkPeople(file: Skeleton): readonly Complaint[] {
  const people = Object.entries(file.people).map(([handle, { id }]) => ({ value: id, path: ['people', handle, 'id'] }));
  const pairs = file.assignments.map(({ person, role }, index) => ({
    value: person && role && `${role} of ${person}`,
    path: ['assignments', index],
  }));
  return [
    ...duplicateComplaints('the person', people),
    ...people.flatMap(({ value, path }) => checkTeam(value, path, file)),
    ...duplicateComplaints('the assignment', pairs),
    ...file.assignments.flatMap((assignment, index) => checkAssignment(assignment, ['assignments', index], file)),
  ];
}

export function teamOf(personId: string): string {
  return personId.split(':')[0] ?? '';
}

function checkTeam(id: string | undefined, path: ProblemPath, file: Skeleton): readonly Complaint[] {
  const teams = [file.home_team, ...file.customers.map(({ slack_team }) => slack_team)];
  if (!id?.includes(':') || file.home_team === undefined || teams.includes(teamOf(id))) {
    return [];
  }
  return [{ path, message: `${teamOf(id)} is neither home_team nor the slack_team of a customer` }];
}

function checkAssignment(assignment: Assignment, path: ProblemPath, file: Skeleton): readonly Complaint[] {
  const { person, role } = assignment;
  const references = [
    { key: 'person', word: person, known: Object.keys(file.people) },
    { key: 'role', word: role, known: Object.keys(file.roles) },
  ];
  const unknown = references.filter(({ word, known }) => word !== undefined && !known.includes(word));
  return [
    ...unknown.map(({ key, word, known }) => ({ path: [...path, key], message: noSuch(key, word, known) })),
    ...checkScope(assignment, path, file),
  ];
}

function checkScope({ person, customers }: Assignment, path: ProblemPath, file: Skeleton): readonly Complaint[] {
  const ids = file.customers.map(({ id }) => id).filter((id) => id !== undefined);
  const named = typeof customers === 'string' ? [customers] : customers;
  const personId = person === undefined ? undefined : file.people[person]?.id;
  const employer = employerOf(personId, file);
  return named.flatMap((customer, index) => {
    const here = [...path, 'customers', ...(typeof customers === 'string' ? [] : [index])];
    if (customer === undefined) {
      return [];
    }
    if (customer !== 'all' && !ids.includes(customer)) {
      return [{ path: here, message: noSuch('customer', customer, ids) }];
    }
    return employer === undefined || employer.id === customer
      ? []
      : [{ path: here, message: `${person} works for ${employer.id} and can only have [${employer.id}]` }];
  });
}

/** The customer whose own person this is; `undefined` for our people. */
function employerOf(personId: string | undefined, { customers, home_team: homeTeam }: Skeleton) {
  const team = personId === undefined ? undefined : teamOf(personId);
  return customers.find(({ slack_team }) => slack_team !== undefined && slack_team === team && team !== homeTeam);
}
