import { listed } from '../judge-plan.ts';
import type { OsFamily } from '../os-sample.ts';
import type { Versions } from './offer.ts';
import type { PackageStep } from './package-work.ts';

/** Is there a way back from these upgrades? Said before they are approved. */
export function rollbackWords(
  family: OsFamily,
  packages: readonly PackageStep[],
  versions: Versions | undefined,
): string {
  const known = packages.filter(({ from }) => from !== undefined);
  if (known.length === 0) {
    return packages.length === 0 ? 'none: a repair cannot be taken back' : 'none: the versions before are not known';
  }
  if (versions === undefined) {
    return 'none: the host could not say whether the versions before can still be had';
  }
  const gone = known.filter(({ name, from = '' }) => !versions.canBeHad(name, from));
  if (gone.length > 0) {
    const names = listed(gone.map(({ name, from }) => `${name} ${from}`));
    return `none: ${names} ${gone.length === 1 ? 'is' : 'are'} in no source any more`;
  }
  return family === 'debian'
    ? 'the versions before can all be installed again'
    : 'the versions before can all be installed again, by `dnf downgrade`';
}
