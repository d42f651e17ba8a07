import { SetupError } from '../../../domain/errors.ts';

const OR_URL = 'Or set DATABASE_URL to a PostgreSQL that you already have.';

/** The first rule that matches what initdb, the server or the system said. */
const RULES: readonly { readonly pattern: RegExp; readonly explain: (match: RegExpMatchArray) => string }[] = [
  {
    pattern: /could not look up effective user ID (\d+)/,
    explain: ([, uid]) =>
      `PostgreSQL refuses to run as uid ${uid}, which has no entry in /etc/passwd. Run msops as an account that exists.`,
  },
  {
    pattern: /No space left on device|ENOSPC|Check free disk space|Disk quota exceeded|EDQUOT/,
    explain: () =>
      'The disk is full. Free at least 200 MB there, or set MSOPS_DATA_DIR to a directory on another disk.',
  },
  {
    // What Node says when it makes a directory with its parents on a read-only file system.
    pattern: /Read-only file system|EROFS|ENOENT: .*, mkdir/,
    explain: () => 'The file system is read-only. Set MSOPS_DATA_DIR to a directory that can be written.',
  },
  {
    pattern: /error while loading shared libraries: ([^:\s]+)/,
    explain: ([, library]) => `The system lacks the library ${library}. Install it.`,
  },
  {
    pattern: /Cannot allocate memory|ENOMEM|could not map anonymous shared memory/,
    explain: () => 'There is too little memory: it needs about 100 MB.',
  },
  {
    pattern: /Permission denied|EACCES|EPERM|Operation not permitted/,
    explain: () =>
      'A file or directory there may not be used. Check its owner and mode, or set MSOPS_DATA_DIR to another one.',
  },
  {
    pattern: /ENOTDIR|EEXIST/,
    explain: () =>
      'There is a file where a directory has to be. Move it away, or set MSOPS_DATA_DIR to another directory.',
  },
  {
    pattern: /spawn .* ENOENT/,
    explain: () => 'Its programs do not run on this system (they need glibc; Alpine has musl).',
  },
];

/**
 * Puts the failure of the embedded server into words that say what to do next.
 *
 * @param said stderr of initdb, the end of the server's log, or an error of the system.
 */
export function explainFailure(directory: string, said: string, cause?: unknown): SetupError {
  const explained = RULES.flatMap(({ pattern, explain }) => {
    const match = said.match(pattern);
    return match ? [explain(match)] : [];
  });
  const what = explained[0] ?? `It said: ${lastComplaint(said)}`;
  return new SetupError(`The embedded database in ${directory} cannot be used. ${what} ${OR_URL}`, { cause });
}

function lastComplaint(said: string): string {
  const lines = said.split('\n').filter((line) => line.trim() !== '');
  const complaint = lines.findLast((line) => /FATAL|PANIC|ERROR|error:/.test(line)) ?? lines.at(-1);
  return complaint?.trim() ?? 'nothing.';
}
