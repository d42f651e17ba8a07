import type { LocalOutcome } from './run-local.ts';
import { IP, parseJson, type Reading, readOutcome } from './tunnel-reading.ts';

export function linkArguments(interfaceName: string): readonly string[] {
  return ['-j', 'link', 'show', 'dev', interfaceName];
}

/** Is the interface there and up? A tunnel's device without its daemon has no carrier. */
export function readLink(outcome: LocalOutcome): Reading<boolean> {
  return readOutcome(IP, outcome, ({ exitCode, stdout, stderr }) => {
    if (exitCode !== 0) {
      return /does not exist|cannot find device/i.test(stderr) ? false : undefined;
    }
    const flags = firstFlags(parseJson(stdout));
    return flags?.includes('UP') && !flags.includes('NO-CARRIER');
  });
}

function firstFlags(links: unknown): readonly unknown[] | undefined {
  const [link] = Array.isArray(links) ? links : [];
  const flags: unknown = link?.flags;
  return Array.isArray(flags) ? flags : undefined;
}
