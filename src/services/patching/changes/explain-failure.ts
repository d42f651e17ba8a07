import { scrubSecrets } from '../../../domain/scrub.ts';
import type { OsFamily } from '../os-sample.ts';
import { APT_FAILURES, type FailureRule, type FailureWords } from './apt-failures.ts';
import { DNF_FAILURES } from './dnf-failures.ts';
import { managerOf } from './install-script.ts';

export interface EndedInstall {
  readonly family: OsFamily;
  readonly exitCode: number;
  /** All that is known of it: what is said of it is without secrets. */
  readonly output: string;
  /** How long it waited for the lock. Milliseconds. */
  readonly lockMs: number;
}

/** 100 is "any error" to apt and 1 to dnf, so their words decide. They may hold the address of a source, with its password. */
export function explainFailure(ended: EndedInstall): FailureWords {
  const rules: readonly FailureRule[] = ended.family === 'debian' ? APT_FAILURES : DNF_FAILURES;
  const output = scrubSecrets(ended.output);
  for (const { pattern, say } of rules) {
    const match = pattern.exec(output);
    if (match) {
      return say(match, ended);
    }
  }
  const lines = output.split('\n').filter((line) => /^(?:E: |dpkg: error|error:)/i.test(line));
  const manager = managerOf(ended.family);
  const words = lines[0]?.trim().slice(0, 200);
  return {
    reason: `${manager} failed with exit code ${ended.exitCode}${words === undefined ? '' : `: ${words}`}`,
    advice: `Read what ${manager} printed, and look at the host.`,
  };
}
