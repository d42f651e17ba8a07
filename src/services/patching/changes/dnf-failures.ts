import { type FailureRule, gone, lockHeld, noSpace } from './apt-failures.ts';

export const DNF_FAILURES: readonly FailureRule[] = [
  {
    pattern: /msops: the lock is held by (?:process (\d+) \(([^)\n]*)\)|another process)/,
    say: ([, pid, name], { lockMs }) => lockHeld(name, pid, lockMs),
  },
  {
    pattern: /No space left on device|[Aa]t least \S+ more space needed on the (\S+) filesystem/,
    say: ([, place]) => noSpace(place),
  },
  {
    pattern: /[Ee]rror in (\w+) scriptlet in rpm package (\S+)|%(\w+)\((\S+)\) scriptlet failed/,
    say: ([, script, name, otherScript, otherName]) => ({
      reason: `the ${script ?? otherScript} scriptlet of ${name ?? otherName} failed`,
      advice: 'Repair what its last lines say; `dnf history info last` shows how far it came.',
    }),
  },
  {
    pattern: /No match for argument: (\S+)|Unable to find a match: (\S+)|Status code: 404 for \S*\/(\S+)/,
    say: ([, missing, unmatched, file]) => gone(missing ?? unmatched ?? file ?? 'a package'),
  },
  {
    pattern: /GPG check FAILED|is not signed|[Pp]ublic key for \S+ is not installed|bad PGP signature/,
    say: () => ({
      reason: 'the signature of a package could not be verified, so nothing was installed',
      advice: 'Look at the keys of the repositories on the host (`rpm -q gpg-pubkey`).',
    }),
  },
  {
    pattern: /Failed to download metadata|Cannot download|Curl error \(\d+\): ([^\n]+)/,
    say: ([, why]) => ({
      reason: `a package or its repository could not be fetched${why === undefined ? '' : `: ${why.slice(0, 120)}`}`,
      advice: 'Check that the host reaches its repositories: `dnf repolist -v`.',
    }),
  },
  {
    pattern: /Problem(?: \d+)?: ([^\n]+)|nothing provides ([^\n]+)/,
    say: ([, problem, missing]) => ({
      reason: `the dependencies cannot be met: ${(problem ?? `nothing provides ${missing}`).slice(0, 160)}`,
      advice: 'The output names them. Plan again after the metadata was fetched (--refresh).',
    }),
  },
];
