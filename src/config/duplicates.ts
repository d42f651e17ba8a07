import { type Complaint, type ProblemPath, quoted } from './config-problem.ts';

/** Something that may be there only once, and where it is. */
export interface Occurrence {
  readonly value: string | undefined;
  readonly path: ProblemPath;
}

/** A complaint for the second and every further one. What could not be read is skipped. */
export function duplicateComplaints(what: string, occurrences: readonly Occurrence[]): readonly Complaint[] {
  const seen = new Set<string>();
  const complaints: Complaint[] = [];
  for (const { value, path } of occurrences) {
    if (value !== undefined && seen.has(value)) {
      complaints.push({ path, message: `${what} ${quoted(value)} is here twice` });
    } else if (value !== undefined) {
      seen.add(value);
    }
  }
  return complaints;
}

/** One occurrence for each item of a list: the value of a key, where that key stands. */
export function occurrencesOf<Item>(
  path: ProblemPath,
  items: readonly Item[],
  pick: (item: Item) => { readonly [key: string]: string | undefined },
): readonly Occurrence[] {
  return items.flatMap((item, index) =>
    Object.entries(pick(item)).map(([key, value]) => ({ value, path: [...path, index, key] })),
  );
}
