import { type ExecFileException, execFile } from 'node:child_process';

/** How a process on the bot's own machine ended, or why there was none. */
export type LocalOutcome =
  | { readonly kind: 'exited'; readonly exitCode: number; readonly stdout: string; readonly stderr: string }
  | { readonly kind: 'not_installed' | 'not_allowed' | 'timed_out' };

/** Runs a program of the bot's machine. Never by a shell, never rejects. */
export type RunLocal = (file: string, args: readonly string[], timeoutMs: number) => Promise<LocalOutcome>;

const MAX_OUTPUT_BYTES = 262_144;

export const runLocal: RunLocal = (file, args, timeoutMs) =>
  new Promise((resolve) => {
    const options = { timeout: timeoutMs, killSignal: 'SIGKILL', maxBuffer: MAX_OUTPUT_BYTES } as const;
    const child = execFile(file, args, options, (error, stdout, stderr) => {
      resolve(toOutcome(error, { stdout, stderr }));
    });
    child.stdin?.end();
  });

function toOutcome(error: ExecFileException | null, output: { stdout: string; stderr: string }): LocalOutcome {
  if (error === null) {
    return { kind: 'exited', exitCode: 0, ...output };
  }
  if (error.killed) {
    return { kind: 'timed_out' };
  }
  if (typeof error.code === 'number') {
    return { kind: 'exited', exitCode: error.code, ...output };
  }
  return { kind: error.code === 'ENOENT' ? 'not_installed' : 'not_allowed' };
}
