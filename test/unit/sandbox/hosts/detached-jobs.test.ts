import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunningHosts, startHosts } from '../../../../sandbox/hosts/start-hosts.ts';
import { systemClock } from '../../../../src/adapters/clock/system-clock.ts';
import { toShell } from '../../../../src/domain/remote-command.ts';
import type { RemoteExecutor } from '../../../../src/domain/remote-executor.ts';
import { createDetachedJobs } from '../../../../src/services/rollouts/detached-jobs.ts';
import { until } from '../../../support/until.ts';
import { anEndpoint } from '../../../support/world.ts';
import { exec, openHost } from './ssh-client.ts';

const TARGET = { endpoint: anEndpoint('apim-1'), path: { bastions: [], allowedSources: [] } };
const PATIENCE = { deadlineMs: 20_000, signal: new AbortController().signal };

describe('a detached job on a sandbox host', () => {
  const directory = mkdtempSync(join(tmpdir(), 'sandbox-jobs-'));
  let hosts: RunningHosts;

  beforeEach(async () => {
    hosts = await startHosts({ directory });
  });
  afterEach(async () => {
    await hosts.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  const executor: RemoteExecutor = {
    async run({ endpoint }, command, { stdin }) {
      const { bastion, host } = await openHost(hosts, endpoint.name);
      const { stdout, stderr, exit } = await exec(host, toShell(command), stdin);
      bastion.end();
      return { stdout, stderr, exitCode: exit[0] as number | null, truncated: false, durationMs: 0 };
    },
  };
  const jobs = createDetachedJobs({ executor, clock: systemClock });

  it("runs the host's own programs, in its own home, and never the machine's systemd", async () => {
    const script = 'hostname; echo "$HOME $MSOPS_HOST_ROOT $TOKEN"; systemd-run true; cat /proc/sys/kernel/hostname';
    const state = await jobs.run(TARGET, { id: 'r1', script, args: [], secrets: { TOKEN: 'x y' } }, PATIENCE);
    expect(state).toMatchObject({ kind: 'ended', exitCode: 0 });
    const [name, places, refusal, hostname] = (state as { output: string }).output.split('\n');
    expect([name, hostname]).toEqual(['apim-1', 'apim-1']);
    expect(places).toMatch(/home\/ops \/.*apim-1 x y$/);
    expect(refusal).toContain('not been booted with systemd');
  });

  it('ends with the host', async () => {
    await jobs.start(TARGET, { id: 'r2', script: 'echo $$; sleep 60', args: [] });
    const pid = await until('its output', async () => {
      const state = await jobs.look(TARGET, 'r2');
      return state.kind === 'running' && state.output.trim();
    });
    await hosts.stop();
    await until(
      'its end',
      () => !existsSync(`/proc/${pid}`) || readFileSync(`/proc/${pid}/stat`, 'utf8').includes(' Z '),
    );
  });
});
