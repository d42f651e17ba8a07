import { describe, expect, it } from 'vitest';
import { explainFailure } from '../../../../../src/adapters/store/embedded/explain-failure.ts';

describe('explainFailure', () => {
  it.each([
    ['initdb: error: could not look up effective user ID 12345: user does not exist', /uid 12345.*\/etc\/passwd/],
    ['initdb: error: could not write to file "x": No space left on device', /disk is full.*200 MB/],
    ['FATAL:  could not write lock file "postmaster.pid": No space left on device', /disk is full/],
    [
      'FATAL:  could not extend file "base/1/2691": wrote only 4096 of 8192 bytes\nHINT:  Check free disk space.',
      /disk is full/,
    ],
    ["Error: ENOENT: no such file or directory, mkdir '/x/y'", /read-only/],
    ["Error: EROFS: read-only file system, mkdir '/x'", /read-only/],
    [
      'postgres: error while loading shared libraries: libstdc++.so.6: cannot open',
      /lacks the library libstdc\+\+\.so\.6/,
    ],
    ['FATAL:  could not map anonymous shared memory: Cannot allocate memory', /too little memory/],
    ["Error: EACCES: permission denied, mkdir '/x'", /owner and mode/],
    ["Error: ENOTDIR: not a directory, mkdir '/x'", /file where a directory has to be/],
    ['Error: spawn /x/initdb ENOENT', /musl/],
  ])('puts "%s" into words', (said, words) => {
    expect(explainFailure('/var/lib/msops', said).message).toMatch(words);
  });

  it('names the directory and the way out', () => {
    const { message, exitCode } = explainFailure('/var/lib/msops', 'LOG: starting\nFATAL:  odd thing\nLOG: stopped');

    expect(message).toMatch(
      /^The embedded database in \/var\/lib\/msops cannot be used\. It said: FATAL: {2}odd thing/,
    );
    expect(message).toMatch(/Or set DATABASE_URL to a PostgreSQL that you already have\.$/);
    expect(exitCode).toBe(78);
  });
});
