import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface Finished {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a shell script to its end. Never rejects. */
export async function shell(script: string, stdin = ''): Promise<Finished> {
  const child = spawn('bash', ['-c', script], { stdio: ['pipe', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text;
  });
  child.stdin.on('error', () => {}).end(stdin);
  const [exitCode] = (await once(child, 'close')) as [number | null];
  return { exitCode, ...output };
}

/** @throws when the script fails. */
export async function mustRun(script: string, stdin = ''): Promise<string> {
  const { exitCode, stdout, stderr } = await shell(`set -e; ${script}`, stdin);
  if (exitCode !== 0) {
    throw new Error(`Failed (${exitCode}): ${script.slice(0, 300)}\n${stderr.slice(0, 2_000)}`);
  }
  return stdout;
}
