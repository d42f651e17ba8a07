import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { AccessPath, SshEndpoint } from '../../src/domain/inventory.ts';
import type { RemoteTarget } from '../../src/domain/remote-executor.ts';
import { Secret } from '../../src/domain/secret.ts';

const RIG = fileURLToPath(new URL('./rig/fleet.sh', import.meta.url));
const STATE = process.env.FLEET_RUN ?? '';

/** The bot's end of the tunnel to the b hosts. */
export const TUNNEL = 'wg-globex';
/** The bot's address as the bastion sees it. */
export const BOT_ADDRESS = '10.213.0.10';

/** Runs the rig and returns what it printed, without the last line break. @throws with what it complained about */
async function rig(...args: string[]): Promise<string> {
  if (STATE === '') {
    throw new Error('The fleet tests run inside a fleet: npm run test:fleet');
  }
  const { stdout } = await promisify(execFile)(RIG, args, { maxBuffer: 16 * 1024 * 1024 });
  return stdout.trimEnd();
}

/** As root in the host, without SSH: how a test looks at what is really there. */
export function exec(host: string, ...command: string[]): Promise<string> {
  return rig('exec', host, ...command);
}

/** Like `exec`, a line of shell. */
export function shell(host: string, script: string): Promise<string> {
  return rig('exec', host, 'sh', '-c', script);
}

/** Only its owner, root, may read it. */
export async function writeFile(host: string, path: string, content: string): Promise<void> {
  const encoded = Buffer.from(content).toString('base64');
  await exec(host, 'sh', '-c', 'umask 077; printf %s "$1" | base64 -d >"$2"', '-', encoded, path);
}

/** @param args of the fault; `fleet.sh fault` lists them all. */
export function fault(host: string, name: string, ...args: string[]): Promise<string> {
  return rig('fault', name, host, ...args);
}

/** Undoes every fault of these hosts and waits until they answer. */
export async function heal(...hosts: string[]): Promise<void> {
  await Promise.all(hosts.map((host) => rig('heal', host)));
}

export function vpn(state: 'up' | 'down'): Promise<string> {
  return rig('vpn', state);
}

/** A power cut and a new boot from the same disk. */
export function powerCycle(host: string): Promise<string> {
  return rig('reboot', host, '--hard');
}

/** Adds hosts a1…aN without a product and without systemd; those that are there stay. */
export async function addMiniHosts(upTo: number): Promise<readonly string[]> {
  await rig('up', '-a', String(upTo), '--init', 'mini', '--no-product');
  return Array.from({ length: upTo }, (_, index) => `a${index + 1}`);
}

/** unattended-upgrades and needrestart with all that they need; they stay until the fleet is down. */
export function installExtraPackages(host: string): Promise<string> {
  return rig('install', host);
}

/** HAProxy with Debian's own configuration, running. */
export function installHaproxy(host: string): Promise<string> {
  return rig('install', host, 'haproxy');
}

/** setfacl and getfacl, which a minimal Debian leaves out. */
export function installAcl(host: string): Promise<string> {
  return rig('install', host, 'accounts');
}

export function addressOf(host: string): string {
  const line = readFileSync(join(STATE, 'hosts'), 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${host}|`));
  const address = line?.match(/:([\d.]+)\//)?.[1];
  if (address === undefined) {
    throw new Error(`The fleet has no host ${host}.`);
  }
  return address;
}

/** The key that the host was installed with, `ssh-ed25519 AAAA…`. */
export function hostKeyOf(host: string): string {
  const key = readFileSync(join(STATE, 'hostkeys', host, 'ssh_host_ed25519_key.pub'), 'utf8');
  return key.split(' ').slice(0, 2).join(' ');
}

export function endpointOf(host: string): SshEndpoint {
  return { name: host, address: addressOf(host), port: 22, user: 'ops', hostKeys: [hostKeyOf(host)] };
}

/** a hosts are behind the bastion, b hosts behind the tunnel. */
export function pathTo(host: string): AccessPath {
  if (host.startsWith('b') && host !== 'bastion') {
    const vpn = { kind: 'wireguard', interface: TUNNEL, maxHandshakeAgeSeconds: 180 } as const;
    return { bastions: [], vpn, allowedSources: [] };
  }
  return { bastions: host.startsWith('a') ? [endpointOf('bastion')] : [], allowedSources: [] };
}

export function targetOf(host: string): RemoteTarget {
  return { endpoint: endpointOf(host), path: pathTo(host) };
}

export const keyFile = join(STATE, 'keys', 'ops');

/** The key that every host and the bastion accept for `ops`. */
export function privateKey(): Secret {
  return new Secret(readFileSync(keyFile, 'utf8'));
}
