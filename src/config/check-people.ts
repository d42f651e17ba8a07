import { checkAccounts, employerOf } from './check-accounts.ts';
import { type Complaint, noSuch, type ProblemPath } from './config-problem.ts';
import { duplicateComplaints } from './duplicates.ts';
import type { Skeleton } from './skeleton.ts';

type Assignment = Skeleton['assignments'][number];

/** Who is who, and that everything that an assignment names is there. */
export function checkPeople(file: Skeleton): readonly Complaint[] {
  const pairs = file.assignments.map(({ person, role }, index) => ({
    value: person && role && `${role} of ${person}`,
    path: ['assignments', index],
  }));
  return [
    ...checkAccounts(file),
    ...duplicateComplaints('the assignment', pairs),
    ...file.assignments.flatMap((assignment, index) => checkAssignment(assignment, ['assignments', index], file)),
  ];
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
