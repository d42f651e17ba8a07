import type { EndedInstall } from './explain-failure.ts';

/** What happened and what to do next, plain text. */
export interface FailureWords {
  readonly reason: string;
  readonly advice: string;
}

/** The first rule whose pattern is found in the output says what it was. */
export interface FailureRule {
  readonly pattern: RegExp;
  say(match: RegExpExecArray, ended: EndedInstall): FailureWords;
}

const REPAIR = 'Ask again with --repair, which runs `dpkg --configure -a` first.';

export const APT_FAILURES: readonly FailureRule[] = [
  {
    pattern:
      /(?:Could not get lock \S+?|lock was locked by another process with pid (\d+)|is locked by another process)(?:\. It is held by process (\d+)(?: \(([^)\n]+)\))?|[.\s]|$)/,
    say: ([, dpkgPid, pid, name], { lockMs }) => lockHeld(name, pid ?? dpkgPid, lockMs),
  },
  {
    pattern: /dpkg was interrupted/,
    say: () => ({ reason: 'dpkg was interrupted earlier, and nothing installs until it is repaired', advice: REPAIR }),
  },
  {
    pattern: /No space left on device|don't have enough free space in (\S+?)\.?(?:\n|$)/,
    say: ([, place]) => noSpace(place),
  },
  {
    pattern:
      /(?:installed (\S+) package|new (\S+) package|old (\S+) package) (\S+) (?:maintainer )?script subprocess (.+)/,
    say: ([, installed, fresh, old, script, how = '']) => scriptFailed(installed ?? fresh ?? old, script, how),
  },
  {
    pattern: /Held packages were changed and -y was used/,
    say: () => ({
      reason: 'a package was put on hold since the plan was made',
      advice: '`apt-mark showhold` on the host names it; plan again, or take the hold off.',
    }),
  },
  {
    pattern: /Version '([^']+)' for '([^']+)' was not found|Unable to locate package (\S+)/,
    say: ([, version, name, unknown]) => gone(unknown ?? `${name} ${version}`),
  },
  {
    pattern: /Failed to fetch \S*\/([^/\s]+)\s+(?:404|Hash Sum mismatch)|(?:404 +Not Found)/,
    say: ([, file]) => gone(file ?? 'a package'),
  },
  {
    pattern:
      /NO_PUBKEY|could not be authenticated|signatures? (?:couldn't|could not) be verified|unauthenticated packages/,
    say: () => ({
      reason: 'the signature of a package or of its source could not be verified, so nothing was installed',
      advice: 'Look at the keys of the package sources on the host (`apt-get update` names them).',
    }),
  },
  {
    pattern: /Failed to fetch (\S+)\s+(.+)/,
    say: ([, address = '', why = '']) => ({
      reason: `a package could not be fetched: ${why.trim().slice(0, 120)}`,
      advice: `Check that the host reaches ${hostOf(address)}.`,
    }),
  },
  {
    pattern: /Packages need to be removed but remove is disabled/,
    say: () => ({
      reason: 'other packages would have to be removed for it, and this change removes nothing',
      advice: 'Look at `apt-get -s dist-upgrade` on the host.',
    }),
  },
  {
    pattern: /unmet dependencies|held broken packages/,
    say: () => ({
      reason: 'the dependencies of the packages cannot be met',
      advice: 'The output names them. Plan again after the package lists were fetched (--refresh).',
    }),
  },
];

export function lockHeld(name: string | undefined, pid: string | undefined, lockMs: number): FailureWords {
  const who = pid === undefined ? 'another process' : name === undefined ? `pid ${pid}` : `${name} (pid ${pid})`;
  return {
    reason: `another package manager held the lock for ${span(lockMs)}: ${who}`,
    advice: 'Nothing was changed. Ask again when it has come to its end; never remove the lock file.',
  };
}

function span(ms: number): string {
  return ms < 60_000 ? `${Math.round(ms / 1000)} s` : `${Math.round(ms / 60_000)} min`;
}

export function noSpace(place: string | undefined): FailureWords {
  return {
    reason: `the disk is full${place === undefined ? '' : ` (${place})`}`,
    advice: 'Make room, then ask again with --repair: packages may be half installed.',
  };
}

function scriptFailed(name: string | undefined, script: string | undefined, how: string): FailureWords {
  const code = /exit status (\d+)/.exec(how)?.[1];
  const ending = code === undefined ? `failed: ${how.slice(0, 80)}` : `failed with exit code ${code}`;
  const state = script === 'post-installation' ? '; the package is half configured' : '';
  return {
    reason: `the ${script ?? 'maintainer'} script of ${name ?? 'a package'} ${ending}${state}`,
    advice: `Repair what its last lines say. ${REPAIR}`,
  };
}

export function gone(what: string): FailureWords {
  return {
    reason: `${what} is in no package source any more: the package lists are old`,
    advice: 'Ask again with --refresh, which fetches the lists before planning.',
  };
}

function hostOf(address: string): string {
  return /^\w+:\/\/(?:[^/@]*@)?([^/]+)/.exec(address)?.[1] ?? 'its package sources';
}
