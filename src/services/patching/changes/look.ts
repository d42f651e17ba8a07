import { count } from '../../../domain/count.ts';
import type { ProbeParts } from '../../../domain/probe-output.ts';
import { listed } from '../judge-plan.ts';
import { wasInterrupted } from '../parse-os.ts';
import { queryName } from './look-command.ts';
import type { PackageStep } from './package-work.ts';

/** How one package stands on its host. */
export interface PackageState {
  /** `undefined`: it is not there at all. */
  readonly version: string | undefined;
  /** Against the wanted version. */
  readonly order: 'lt' | 'eq' | 'gt' | undefined;
  /** Unpacked, and its scripts have come to their end. */
  readonly whole: boolean;
}

export interface PackagesSeen {
  readonly states: ReadonlyMap<string, PackageState>;
  readonly interrupted: boolean | undefined;
}

/** `undefined`: the host gave no usable answer. */
export function readLook(parts: ProbeParts): PackagesSeen | undefined {
  const lines = parts.get('packages')?.lines;
  if (lines === undefined || !parts.has('end')) {
    return undefined;
  }
  const states = lines.map((line): [string, PackageState] => {
    const [name = '', abbreviation = '', version, order] = line.split('|');
    const known = order === 'lt' || order === 'eq' || order === 'gt' ? order : undefined;
    return [name, { version: version || undefined, order: known, whole: abbreviation[1] === 'i' }];
  });
  return { states: new Map(states), interrupted: wasInterrupted(parts.get('journal'), parts.get('broken')) };
}

/** What is not as wanted, in words, one a package. @param direction `up`: newer will do; `down`: older will do. */
export function findUndone(
  packages: readonly PackageStep[],
  { states }: PackagesSeen,
  direction: 'up' | 'down',
): readonly string[] {
  return packages.flatMap((step) => {
    const state = states.get(queryName(step));
    const { name, to } = step;
    if (state?.version === undefined) {
      return [`${name} is not installed`];
    }
    if (!state.whole) {
      return [`${name} is half installed: its scripts have not come to their end`];
    }
    const isReached = state.order === 'eq' || state.order === (direction === 'up' ? 'gt' : 'lt');
    return isReached ? [] : [`${name} is at ${state.version}, not at ${to}`];
  });
}

/** `5 of 7 packages are installed; acme-lib is at 1.0, not at 1.1`. */
export function describeProgress(packages: readonly PackageStep[], undone: readonly string[]): string {
  if (packages.length === 0) {
    return 'nothing else was to be installed';
  }
  const done = packages.length - undone.length;
  return undone.length === 0
    ? `${count(packages.length, 'package')} installed`
    : `${done} of ${count(packages.length, 'package')} installed; ${listed(undone)}`;
}
