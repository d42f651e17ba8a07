import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { CONFIG_TEXT } from '../support/config-file.ts';

function checkConfig(...words: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['src/check-config.ts', ...words], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

describe('npm run check-config', () => {
  const directory = mkdtempSync(join(tmpdir(), 'msops-check-'));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it('says in one paragraph what is in a file that is right', () => {
    expect(checkConfig('msops.example.yml')).toEqual({
      status: 0,
      stdout:
        'msops.example.yml is OK: 3 customers (acme, globex, initech) with 4 environments, 3 of them production, and 11 hosts; 6 people, 5 roles and 5 approval policies.\n',
      stderr: '',
    });
  });

  it('lists every problem with its line and ends with 78', () => {
    const file = join(directory, 'msops.yml');
    writeFileSync(file, CONFIG_TEXT.replace('role: operator', 'role: oprator').replace('Europe/Berlin', 'Mars'));
    expect(checkConfig(file)).toEqual({
      status: 78,
      stdout: '',
      stderr: [
        `${file} has 2 problems:`,
        `${file}:11 assignments[0].role: there is no role "oprator" (did you mean "operator"?)`,
        `${file}:31 customers[0].environments[0].time_zone: "Mars" is no IANA time zone (such as Europe/Berlin or UTC)`,
        '',
      ].join('\n'),
    });
  });

  it('ends with 2 and its usage without exactly one file', () => {
    expect(checkConfig()).toEqual({ status: 2, stdout: '', stderr: 'Usage: npm run check-config FILE\n' });
  });
});
