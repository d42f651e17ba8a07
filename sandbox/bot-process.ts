import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** The real bot as a process of its own, as an operator would run it. */
export interface BotProcess {
  readonly pid: number;
  /** Resolves with the exit code, or the signal, once it has ended. */
  readonly ended: Promise<number | string>;
  /** What it says of itself in its ready line. */
  readonly ready: Readonly<Record<string, unknown>>;
  stop(): Promise<void>;
}

export interface BotProcessOptions {
  readonly environment: Readonly<Record<string, string>>;
  /** Everything that it prints. */
  readonly logFile: string;
  readonly readyTimeoutMs?: number | undefined;
  /** Another program than `src/bot.ts`, for comparison. */
  readonly entry?: string | undefined;
}

/** The bot could not be started. The message holds the last that it said. */
export class BotStartError extends Error {
  override name = 'BotStartError';
}

const ENTRY = fileURLToPath(new URL('../src/bot.ts', import.meta.url));
/** As `npm start` has them. */
const NODE_OPTIONS = ['--max-semi-space-size=4'];
const READY_TIMEOUT_MS = 120_000;
const STOP_TIMEOUT_MS = 20_000;
const KEPT_LINES = 15;

/** @throws {BotStartError} when it ends, or is not ready in time. */
export async function startBotProcess(options: BotProcessOptions): Promise<BotProcess> {
  mkdirSync(dirname(options.logFile), { recursive: true });
  const child = spawn(process.execPath, [...NODE_OPTIONS, options.entry ?? ENTRY], {
    env: options.environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true, // Ctrl-C is for the sandbox, which then asks the bot to stop, once.
  });
  const endWithUs = () => child.kill('SIGTERM');
  process.once('exit', endWithUs);
  const ended = new Promise<number | string>((resolve) => {
    child.on('exit', (code, signal) => {
      process.off('exit', endWithUs);
      resolve(code ?? signal ?? 'unknown');
    });
  });
  const log = createWriteStream(options.logFile);
  child.stdout.pipe(log);
  child.stderr.pipe(log);
  try {
    const ready = await untilReady(child, ended, options.readyTimeoutMs ?? READY_TIMEOUT_MS);
    return { pid: child.pid!, ended, ready, stop: () => stop(child, ended) };
  } catch (error) {
    await stop(child, ended);
    throw error;
  }
}

function untilReady(
  child: ChildProcess,
  ended: Promise<number | string>,
  timeoutMs: number,
): Promise<Record<string, unknown>> {
  const last: string[] = [];
  return new Promise((resolve, reject) => {
    const fail = (what: string) => reject(new BotStartError(`The bot ${what}.\n${last.join('\n')}`));
    const timer = setTimeout(() => fail(`was not ready after ${timeoutMs / 1000} s`), timeoutMs);
    const read = (line: string) => {
      last.push(line);
      last.splice(0, last.length - KEPT_LINES);
      const entry = asReadyLine(line);
      if (entry) {
        clearTimeout(timer);
        resolve(entry);
      }
    };
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream! }).on('line', read);
    }
    void ended.then((code) => {
      clearTimeout(timer);
      fail(`ended with ${code} before it was ready`);
    });
  });
}

function asReadyLine(line: string): Record<string, unknown> | undefined {
  if (!line.includes('"Ready"')) {
    return undefined;
  }
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

async function stop(child: ChildProcess, ended: Promise<number | string>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) {
    return;
  }
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await ended;
  clearTimeout(timer);
}
