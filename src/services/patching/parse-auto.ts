import { describePart, type ProbeParts } from '../../domain/probe-output.ts';
import type { AutoSample } from './auto-sample.ts';
import { type Mechanism, NO_MECHANISM } from './auto-sample.ts';
import { parseDnfAutomatic } from './parse-dnf-automatic.ts';
import { parseOs } from './parse-os.ts';
import { parseUnattended } from './parse-unattended.ts';

/** What the patch probe of a host printed for `auto`. Never throws. */
export function parseAuto(parts: ProbeParts): AutoSample {
  const os = parseOs(parts);
  const mechanism = parseMechanism(os.family, parts);
  const gaps = mechanism.mechanism === undefined ? [`automatic updates: ${describePart(parts.get('installed'))}`] : [];
  return { ...mechanism, os: { ...os, gaps: [...os.gaps, ...gaps] } };
}

function parseMechanism(family: AutoSample['os']['family'], parts: ProbeParts): Mechanism {
  if (family === undefined) {
    return NO_MECHANISM;
  }
  return family === 'rhel' ? parseDnfAutomatic(parts) : parseUnattended(parts);
}
