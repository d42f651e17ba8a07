import { readFileSync } from 'node:fs';
import type { SshEndpoint } from '../../src/domain/inventory.ts';
import type { Cgroup } from './cgroups.ts';
import { mustRun, shell } from './shell.ts';

/** Real sshd behind a real bastion, each in a network namespace of its own. Nothing leads out of this world. */
export interface World {
  readonly bastion: SshEndpoint;
  readonly hosts: readonly SshEndpoint[];
  /** Accepts connections and says nothing; drops every packet; runs a command that never ends. */
  readonly broken: { readonly silent: SshEndpoint; readonly dropping: SshEndpoint; readonly hung: SshEndpoint };
  readonly keyFile: string;
  /** Host names are `bastion`, `h1`, `h2` … (through the bastion) and `d1` (direct). */
  readonly sshConfig: string;
  cutBastion(): Promise<void>;
  restoreBastion(): Promise<void>;
}

export interface WorldOptions {
  readonly hosts: number;
  readonly folder: string;
  readonly cgroups: { readonly bastion: Cgroup; readonly hosts: Cgroup };
}

const BASTION_ADDRESS = '10.250.0.2';
const SILENT = 62_001;
const HUNG = 62_002;
const DROPPING = 62_003;

/** Must run in mount, network and process namespaces of its own: see `status.ts`. */
export async function buildWorld({ hosts, folder, cgroups }: WorldOptions): Promise<World> {
  const numbers = Array.from({ length: hosts }, (_, index) => index + 1);
  await preparePrivateFiles(folder);
  await makeKeys(folder, ['bastion', ...numbers.map((number) => `h${number}`)]);
  await makeNetwork(folder, [...numbers, SILENT, HUNG]);
  await startServer({ folder, name: 'bastion', key: 'bastion', cgroup: cgroups.bastion });
  const started = numbers.map((number) =>
    startServer({ folder, name: `h${number}`, key: `h${number}`, cgroup: cgroups.hosts }),
  );
  const hung = { folder, name: `h${HUNG}`, key: 'h1', cgroup: cgroups.hosts, extra: 'ForceCommand sleep 300' };
  await Promise.all([...started, startServer(hung)]);
  await mustRun(`nsenter --net=/run/netns/h${SILENT} ${process.execPath} -e '
    require("net").createServer((socket) => socket.on("error", () => {})).listen(22, "0.0.0.0")' >/dev/null 2>&1 &`);
  const endpoint = (number: number, key = `h${number}`) =>
    anEndpoint(`h${number}`, addressOf(number), `${folder}/${key}`);
  const bastion = anEndpoint('bastion', BASTION_ADDRESS, `${folder}/bastion`);
  await untilListening([BASTION_ADDRESS, ...[...numbers, HUNG, SILENT].map(addressOf)]);
  return {
    bastion,
    hosts: numbers.map((number) => endpoint(number)),
    broken: { silent: endpoint(SILENT, 'h1'), dropping: endpoint(DROPPING, 'h1'), hung: endpoint(HUNG, 'h1') },
    keyFile: `${folder}/client`,
    sshConfig: await writeSshConfig(folder, numbers),
    cutBastion: async () => void (await mustRun('ip link set wan-bastion down')),
    restoreBastion: async () => void (await mustRun('ip link set wan-bastion up')),
  };
}

/** The machine's own /etc, /run and /home are never touched: an account is made in copies of them. */
async function preparePrivateFiles(folder: string): Promise<void> {
  await mustRun(`
    mount --make-rprivate /
    mkdir -p ${folder}/etc && cp -a /etc/. ${folder}/etc/ && mount --bind ${folder}/etc /etc
    mount -t tmpfs tmpfs /run && mkdir -p /run/sshd /run/netns
    mount -t tmpfs tmpfs /home
    useradd -m -s /bin/bash benchops && usermod -p '*' benchops
    ssh-keygen -q -t ed25519 -N '' -f ${folder}/client && chmod 755 ${folder}`);
}

async function makeKeys(folder: string, names: readonly string[]): Promise<void> {
  await mustRun(`for name in ${names.join(' ')}; do ssh-keygen -q -t ed25519 -N '' -C '' -f ${folder}/$name; done`);
}

async function makeNetwork(folder: string, numbers: readonly number[]): Promise<void> {
  await mustRun(`
    ip link set lo up
    ip link add wan type bridge && ip link set wan up && ip addr add 10.250.0.1/24 dev wan
    ip link add lan type bridge && ip link set lan up && ip addr add 10.251.255.254/16 dev lan
    ip netns add bastion
    ip link add wan-bastion type veth peer name wan0 netns bastion && ip link set wan-bastion master wan up
    ip link add lan-bastion type veth peer name lan0 netns bastion && ip link set lan-bastion master lan up
    ip -n bastion addr add ${BASTION_ADDRESS}/24 dev wan0 && ip -n bastion link set wan0 up
    ip -n bastion addr add 10.251.255.253/16 dev lan0 && ip -n bastion link set lan0 up
    ip -n bastion neigh add ${addressOf(DROPPING)} lladdr 02:00:00:00:00:01 dev lan0 nud permanent`);
  for (const number of numbers) {
    const name = `h${number}`;
    await mustRun(`ip netns add ${name} && ip link add v${name} type veth peer name eth0 netns ${name}
      ip link set v${name} master lan up
      ip -n ${name} addr add ${addressOf(number)}/16 dev eth0; ip -n ${name} link set eth0 up; ip -n ${name} link set lo up`);
  }
  await mustRun(`cp ${folder}/client.pub ${folder}/authorized_keys && chmod 644 ${folder}/authorized_keys`);
}

async function untilListening(addresses: readonly string[]): Promise<void> {
  await mustRun(`for address in ${addresses.join(' ')}; do
    for i in $(seq 300); do (</dev/tcp/$address/22) 2>/dev/null && continue 2; sleep 0.1; done
    echo "$address does not listen" >&2; exit 1; done`);
}

interface ServerOptions {
  readonly folder: string;
  /** Of the namespace. */
  readonly name: string;
  readonly key: string;
  readonly cgroup: Cgroup;
  readonly extra?: string;
}

/** Debian's defaults but for keys and files. */
async function startServer({ folder, name, key, cgroup, extra = '' }: ServerOptions): Promise<void> {
  const config = [
    `HostKey ${folder}/${key}`,
    `AuthorizedKeysFile ${folder}/authorized_keys`,
    'PidFile none',
    'UsePAM yes',
    'StrictModes no',
    'PrintMotd no',
    'LogLevel ERROR',
    extra,
  ].join('\n');
  await mustRun(`cat > ${folder}/${name}.conf`, `${config}\n`);
  await mustRun(
    `(${cgroup.enter} exec nsenter --net=/run/netns/${name} /usr/sbin/sshd -D -f ${folder}/${name}.conf) >/dev/null 2>${folder}/${name}.log &`,
  );
}

function anEndpoint(name: string, address: string, keyFile: string): SshEndpoint {
  const hostKeys = [readFileSync(`${keyFile}.pub`, 'utf8').trim()];
  return { name, address, port: 22, user: 'benchops', hostKeys };
}

function addressOf(number: number): string {
  return `10.251.${Math.floor(number / 250)}.${(number % 250) + 1}`;
}

async function writeSshConfig(folder: string, numbers: readonly number[]): Promise<string> {
  const file = `${folder}/ssh_config`;
  const hosts = numbers.map((number) => `Host h${number}\n  HostName ${addressOf(number)}\n  ProxyJump bastion`);
  const text = [
    `Host bastion\n  HostName ${BASTION_ADDRESS}`,
    ...hosts,
    `Host d1\n  HostName ${addressOf(1)}`,
    'Host *\n  User benchops',
    `  IdentityFile ${folder}/client\n  IdentitiesOnly yes\n  BatchMode yes\n  LogLevel ERROR`,
    '  StrictHostKeyChecking no\n  UserKnownHostsFile /dev/null\n  ControlPath /run/cm-%r@%h:%p',
  ];
  await mustRun(`cat > ${file}`, `${text.join('\n')}\n`);
  return file;
}

/** Ends the shared connections that OpenSSH keeps. */
export async function endMasters(): Promise<void> {
  await shell('for socket in /run/cm-*; do [ -S "$socket" ] && ssh -S "$socket" -O exit x; done; true');
}
