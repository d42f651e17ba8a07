import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { STALE_SCRIPT } from '../../../../../src/services/patching/changes/restart-script.ts';

const SERVER = 'org.wso2.carbon.bootstrap.Bootstrap';
const DIAGNOSTICS = 'org.wso2.diagnostics.DiagnosticsApp';
/** pgrep is none of them: not every host has it. */
const PROGRAMS = ['cat', 'grep', 'ps', 'sed', 'sh', 'tr'];

describe.runIf(process.platform === 'linux')('whether a JVM runs on replaced files, under a real shell', () => {
  let directory: string;
  let home: string;
  let started: ChildProcess[];

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'stale-'));
    home = join(directory, 'wso2is');
    started = [];
    mkdirSync(join(directory, 'jdk/bin'), { recursive: true });
    copyFileSync('/bin/sh', join(directory, 'jdk/bin/java'));
    mkdirSync(join(directory, 'bin'));
    for (const name of PROGRAMS) {
      symlinkSync(
        ['/bin', '/usr/bin'].map((place) => join(place, name)).find(existsSync)!,
        join(directory, 'bin', name),
      );
    }
  });
  afterEach(() => {
    for (const child of started) {
      child.kill();
    }
    rmSync(directory, { recursive: true, force: true });
  });

  /** A shell that waits, called java and with the arguments of a JVM. */
  async function startJvm(homeArgument: string, main = SERVER): Promise<void> {
    const waiting = ['-c', 'echo started; read -r line', 'jvm', `-Dcarbon.home=${homeArgument}`, main];
    const child = spawn(join(directory, 'jdk/bin/java'), waiting, { stdio: ['pipe', 'pipe', 'ignore'] });
    started.push(child);
    await new Promise((resolve) => child.stdout?.once('data', resolve));
  }

  function look(): string {
    const env = { PATH: join(directory, 'bin') };
    return execFileSync('/bin/sh', ['-c', STALE_SCRIPT, 'msops', home], { env, encoding: 'utf8' }).trim();
  }

  it.each(['', '/'])('sees one on the files that are there, with a home that ends with "%s"', async (slash) => {
    await startJvm(`${home}${slash}`);
    expect(look()).toBe('fresh');
  });

  it('sees one whose Java was replaced', async () => {
    await startJvm(home);
    rmSync(join(directory, 'jdk'), { recursive: true });
    expect(look()).toBe('stale');
  });

  it('takes neither the diagnostics tool nor another home for the server', async () => {
    await startJvm(home, DIAGNOSTICS);
    await startJvm(`${home}-old`);
    expect(look()).toBe('absent');
  });

  it('does not call absent what it could not look for', async () => {
    await startJvm(home);
    rmSync(join(directory, 'bin/ps'));
    expect(look()).toBe('unknown');
  });
});
