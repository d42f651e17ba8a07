import { toShell } from '../../src/domain/remote-command.ts';
import type { Cgroup } from './cgroups.ts';
import type { MsopsClient } from './msops-client.ts';
import { END_MARK, probeOf } from './probes.ts';
import { mustRun, shell } from './shell.ts';
import type { Wave, WaveState } from './wave.ts';
import { endMasters, type World } from './world.ts';

/** What a user would pick instead, and msops. */
export interface Tool {
  readonly name: string;
  readonly states: readonly WaveState[];
  /** Its Debian package. */
  readonly needs: string;
  readonly program: string;
  /** All its processes, and nothing else. */
  readonly cgroup: Cgroup;
  /** Nothing is connected yet; what shall be warm before the first wave is made here, not counted. */
  begin(size: number): Promise<void>;
  /** Resolves with the number of whole answers. */
  run(wave: Wave, state: WaveState): Promise<number>;
  /** Drops its connections. */
  end(): Promise<void>;
}

export interface ToolDeps {
  readonly world: World;
  readonly msops: MsopsClient;
  cgroupOf(tool: string): Cgroup;
}

export const MSOPS = 'msops';
export const CONTROL_MASTER = 'ssh ControlMaster -P 32';

/** OpenSSH's own default key exchange costs 80 ms of CPU a login: most tools run with the cheap one that ssh2 has. */
const CHEAP = '-o KexAlgorithms=curve25519-sha256';

export function createTools(deps: ToolDeps): readonly Tool[] {
  const ssh = `ssh -F ${deps.world.sshConfig}`;
  const hop = `${ssh} ${CHEAP} -o ControlMaster=yes -o ControlPersist=600 -fN bastion; `;
  const master = `${ssh} ${CHEAP} -o ControlMaster=auto -o ControlPersist=600`;
  const masters = (size: number): string => `${hop}seq -f h%.0f ${size} | xargs -P 32 -I{} ${master} {} true`;
  const overMasters = ({ size }: Wave): string => `seq -f h%.0f ${size} | xargs -P 32 -I{} ${master} {} "$PROBE"`;
  const clush = ({ size }: Wave, options: string): string =>
    `clush -f 64 -w h[1-${size}] -o '-F ${deps.world.sshConfig} ${options}' "$PROBE" </dev/null`;
  const pssh = ({ size }: Wave): string =>
    `seq -f h%.0f ${size} > /run/pssh-hosts; parallel-ssh -p 32 -t 120 -i -h /run/pssh-hosts -x '-F ${deps.world.sshConfig} ${CHEAP}' "$PROBE"`;
  const ansible = ({ size }: Wave): string => `seq -f h%.0f ${size} > /run/ansible-hosts;
    ANSIBLE_SSH_ARGS='-F ${deps.world.sshConfig} ${CHEAP} -o ControlMaster=auto -o ControlPersist=600' ANSIBLE_SSH_CONTROL_PATH='/run/cm-a-%%h' \
    ansible all -i /run/ansible-hosts -f 50 -m raw -a "{% raw %}$PROBE{% endraw %}"`;

  const external = (tool: Omit<Tool, 'begin' | 'run' | 'end' | 'cgroup'> & ExternalScripts) =>
    createExternalTool(tool, deps);
  return [
    createMsops(deps),
    external({
      name: CONTROL_MASTER,
      ...{ needs: 'openssh-client', program: 'ssh', states: ['cold', 'warm'] },
      script: (wave, state) => (state === 'cold' ? hop : '') + overMasters(wave),
    }),
    external({
      name: 'clush -f 64 as shipped',
      ...{ needs: 'clustershell', program: 'clush', states: ['cold'] },
      script: (wave) => `${ssh} -o ControlMaster=yes -o ControlPersist=600 -fN bastion; ${clush(wave, '')}`,
    }),
    external({
      name: 'clush -f 64 curve25519',
      ...{ needs: 'clustershell', program: 'clush', states: ['cold'] },
      script: (wave) => hop + clush(wave, CHEAP),
    }),
    external({
      name: 'clush over ControlMaster',
      ...{ needs: 'clustershell', program: 'clush', states: ['warm'] },
      prepare: masters,
      script: (wave) => clush(wave, CHEAP),
    }),
    external({
      name: 'pssh -p 32 curve25519',
      ...{ needs: 'pssh', program: 'parallel-ssh', states: ['cold'] },
      script: (wave) => hop + pssh(wave),
    }),
    external({
      name: 'ansible raw -f 50',
      ...{ needs: 'ansible-core', program: 'ansible', states: ['cold', 'warm'] },
      script: (wave, state) => (state === 'cold' ? hop : '') + ansible(wave),
    }),
  ];
}

interface ExternalScripts {
  prepare?(size: number): string;
  script(wave: Wave, state: WaveState): string;
}

function createExternalTool(
  tool: Omit<Tool, 'begin' | 'run' | 'end' | 'cgroup'> & ExternalScripts,
  deps: ToolDeps,
): Tool {
  const cgroup = deps.cgroupOf(tool.name);
  const enter = `${cgroup.enter} export HOME=/home/benchops; `;
  return {
    ...tool,
    cgroup,
    async begin(size) {
      await endMasters();
      if (tool.prepare) {
        await mustRun(`${enter} ${tool.prepare(size)}`);
      }
    },
    async run(wave, state) {
      const probe = toShell(probeOf(wave.kind, deps.world.bastion));
      const { stdout } = await shell(`PROBE=$(cat); ${enter} ${tool.script(wave, state)}`, probe);
      return stdout.match(END_MARK)?.length ?? 0;
    },
    end: endMasters,
  };
}

function createMsops({ world, msops, cgroupOf }: ToolDeps): Tool {
  return {
    name: MSOPS,
    ...{ needs: 'nothing', program: 'node', states: ['cold', 'warm'] },
    cgroup: cgroupOf(MSOPS),
    async begin() {
      await msops.send({ kind: 'open', keyFile: world.keyFile });
    },
    async run({ size, kind }) {
      const hosts = world.hosts.slice(0, size);
      const reply = await msops.send({ kind: 'wave', wave: kind, bastion: world.bastion, hosts, deadlineMs: 120_000 });
      return reply.answers.filter(({ isComplete }) => isComplete).length;
    },
    async end() {
      await msops.send({ kind: 'close' });
    },
  };
}
