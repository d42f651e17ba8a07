import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ACCOUNT_SHELL } from '../../../../src/services/linux-accounts/account-shell.ts';
import { ACL_SHELL } from '../../../../src/services/linux-accounts/acl-shell.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'account-shell-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const run = (script: string, ...args: readonly string[]) =>
  spawnSync('/bin/sh', ['-c', script, 'test', ...args], { encoding: 'utf8', timeout: 10_000 }).stdout;

describe('the shell of accounts', () => {
  it('undoes once, also when that fails too', () => {
    const undoing = `getent() { return 3; }\nundo() { echo undoing; find_account; }\nfail useradd 'disk full'`;
    const said = run(`grant=g1 user=msro-g1\n${ACCOUNT_SHELL}\n${undoing}`);
    expect(said.split('\n').slice(0, 3)).toEqual(['undoing', expect.stringContaining('fail|'), 'msops-account end']);
  });

  it.each(['/', '/proc', '/run', '/usr/bin', '/var/tmp'])('opens no logs that lead to %s', (place) => {
    const repository = join(directory, 'repository');
    mkdirSync(repository);
    symlinkSync(place, join(repository, 'logs'));
    const fakes = `setfacl() { echo "setfacl $*"; }\ngetfacl() { :; }\nas_user() { :; }`;
    const said = run(
      `grant=g1 user=msro-g1\n${ACCOUNT_SHELL}\nstate=$1\n${ACL_SHELL}\n${fakes}\ngive_logs "$1"`,
      directory,
    );
    expect(said).toMatch(/^msops-account note\|not_logs\|\/\S*\n$/);
  });
});
