import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Cgroup } from './cgroups.ts';
import type { WaveReply, WaveRequest } from './wave.ts';

export interface MsopsClient {
  send(request: WaveRequest): Promise<WaveReply>;
  end(): Promise<void>;
}

/**
 * Starts the process that holds the product's executor, in the cgroup of the clients.
 * @param nodeOptions of the command line, besides those that `npm start` has.
 */
export function startMsopsClient(cgroup: Cgroup, nodeOptions: readonly string[] = []): MsopsClient {
  const script = fileURLToPath(new URL('msops-process.ts', import.meta.url));
  const options = ['--max-semi-space-size=4', ...nodeOptions];
  const child = spawn('bash', ['-c', `${cgroup.enter} exec "$0" "$@"`, process.execPath, ...options, script], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  return {
    async send(request) {
      child.send(request);
      const [reply] = (await once(child, 'message')) as [WaveReply];
      return reply;
    },
    async end() {
      const exited = once(child, 'exit');
      child.disconnect();
      child.kill();
      await exited;
    },
  };
}
