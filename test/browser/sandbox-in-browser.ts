import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { runSandbox, type Sandbox } from '../../sandbox/run-sandbox.ts';
import { useWindows } from './windows.ts';

/**
 * Registers a sandbox with the real bot and a browser for the tests of a `describe`. A test that fails shows the end
 * of the bot's log.
 * @returns what opens a window for somebody, in a channel or at `home`.
 */
export function useSandbox(): (as: string, place: string) => Promise<Page> {
  let directory: string;
  let sandbox: Sandbox | undefined;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'sandbox-browser-'));
    await chmod(directory, 0o711); // For the account that runs the database when we are root.
    sandbox = await runSandbox({ port: 0, transport: 'socket', directory, slackDeadlineMs: 30_000 });
  });

  beforeEach(({ onTestFailed }) => {
    onTestFailed(() =>
      console.log(`The end of the bot's log:\n${readFileSync(sandbox!.logFile, 'utf8').slice(-3000)}`),
    );
  });

  afterAll(async () => {
    await sandbox?.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  const open = useWindows();
  return (as, place) => open(`${sandbox!.url}/?as=${as}&in=${place}`);
}
