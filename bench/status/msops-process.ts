import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { systemClock } from '../../src/adapters/clock/system-clock.ts';
import { createSshExecutor, type SshExecutor } from '../../src/adapters/ssh/ssh-executor.ts';
import { HopFailure } from '../../src/domain/hop-failure.ts';
import type { SshEndpoint } from '../../src/domain/inventory.ts';
import type { Logger } from '../../src/domain/logger.ts';
import { Secret } from '../../src/domain/secret.ts';
import { END_MARK, probeOf } from './probes.ts';
import type { WaveAnswer, WaveReply, WaveRequest } from './wave.ts';

/** The product's executor in a process of its own, told by messages what to do. */
const silent: Logger = { debug() {}, info() {}, warn() {}, error() {}, child: () => silent };
let executor: SshExecutor | undefined;

process.on('message', (request: WaveRequest) => {
  void handle(request).then((reply) => process.send?.(reply));
});

async function handle(request: WaveRequest): Promise<WaveReply | Record<string, never>> {
  if (request.kind === 'wave') {
    return runWave(request);
  }
  executor?.close();
  executor = undefined;
  if (request.kind === 'open') {
    const { keyFile, hopKeepaliveMs } = request;
    const auth = { privateKey: new Secret(readFileSync(keyFile, 'utf8')) };
    const limits = hopKeepaliveMs === undefined ? {} : { hopKeepaliveMs };
    executor = createSshExecutor({ auth, logger: silent, clock: systemClock, limits });
  }
  return {};
}

async function runWave(request: Extract<WaveRequest, { kind: 'wave' }>): Promise<WaveReply> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const answers: WaveAnswer[] = [];
  if (request.oneByOne) {
    for (const host of request.hosts) {
      answers.push(await ask(host, request));
    }
  } else {
    answers.push(...(await Promise.all(request.hosts.map((host) => ask(host, request)))));
  }
  delay.disable();
  globalThis.gc?.(); // Only there where memory is measured.
  const loopDelayMs = { p99: delay.percentile(99) / 1e6, max: delay.max / 1e6 };
  return { answers, loopDelayMs, rssMiB: process.memoryUsage.rss() / 1_048_576 };
}

async function ask(host: SshEndpoint, request: Extract<WaveRequest, { kind: 'wave' }>): Promise<WaveAnswer> {
  const { bastion, wave, deadlineMs } = request;
  const startedAt = performance.now();
  const target = { endpoint: host, path: { bastions: bastion ? [bastion] : [], allowedSources: [] } };
  const done = (isComplete: boolean, failure?: string): WaveAnswer => {
    return { host: host.name, ms: performance.now() - startedAt, isComplete, failure };
  };
  try {
    const result = await executor!.run(target, probeOf(wave, host), { deadlineMs });
    return done(result.stdout.search(END_MARK) >= 0);
  } catch (error) {
    return done(false, error instanceof HopFailure ? `${error.facts.kind} at ${error.facts.hop}` : String(error));
  }
}
