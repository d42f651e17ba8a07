import { beforeAll, describe, expect, it } from 'vitest';
import { parseProbe } from '../../src/services/hosts/parse-probe.ts';
import { buildProbe } from '../../src/services/hosts/probe-command.ts';
import { addMiniHosts, shell, targetOf } from './fleet.ts';
import { hostOf } from './fleet-hosts.ts';
import { openExecutor } from './over-ssh.ts';

let names: readonly string[];

beforeAll(async () => {
  names = await addMiniHosts(40);
});

describe('forty hosts behind one bastion with the limits that Debian ships', () => {
  it('all answer, over one connection to the bastion, cold and warm', async () => {
    const limits = await shell('bastion', 'sshd -T | grep -E "^(maxstartups|maxsessions) "');
    expect(limits.split('\n').sort()).toEqual(['maxsessions 10', 'maxstartups 10:30:100']);
    const executor = openExecutor();
    try {
      const probeAll = () =>
        Promise.all(
          names.map(async (name) => {
            const host = hostOf(name, []);
            const { stdout } = await executor.run(targetOf(name), buildProbe(host), { deadlineMs: 60_000 });
            return { name, gaps: parseProbe(stdout, host).gaps };
          }),
        );
      const whole = names.map((name) => ({ name, gaps: [] }));
      expect(await probeAll()).toEqual(whole);
      expect(await probeAll()).toEqual(whole);
      expect(await shell('bastion', 'pgrep -c -f "sshd: [o]ps@"')).toBe('1');
      expect(
        await shell('bastion', 'journalctl -u ssh --no-pager | grep -c -i "maxstartups\\|drop connection" || true'),
      ).toBe('0');
    } finally {
      executor.close();
    }
  });
});
