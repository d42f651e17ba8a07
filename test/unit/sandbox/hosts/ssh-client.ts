import { readFileSync } from 'node:fs';
import ssh2, { type Client, type ConnectConfig } from 'ssh2';
import type { HostEndpoint, RunningHosts } from '../../../../sandbox/hosts/start-hosts.ts';

export interface Answer {
  readonly stdout: string;
  readonly stderr: string;
  /** As the library emits it: `[code]`, or `[null, signal, …]`. */
  readonly exit: readonly unknown[];
}

/** What the sandbox knows of a host and of its bastion. */
export function findHost(hosts: RunningHosts, name: string): { host: HostEndpoint; bastion: HostEndpoint } {
  for (const { bastion, environments } of hosts.customers) {
    const host = environments.flatMap((environment) => environment.hosts).find((candidate) => candidate.name === name);
    if (host) {
      return { host, bastion };
    }
  }
  throw new Error(`no host ${name}`);
}

export function openBastion(hosts: RunningHosts, bastion: HostEndpoint): Promise<Client> {
  const { address, port } = bastion;
  return connect({ host: address, port, ...identity(hosts, bastion) });
}

/** Opens the host through its bastion. The caller ends both by ending the returned bastion. */
export async function openHost(hosts: RunningHosts, name: string): Promise<{ bastion: Client; host: Client }> {
  const places = findHost(hosts, name);
  const bastion = await openBastion(hosts, places.bastion);
  try {
    const sock = await forward(bastion, places.host.address);
    return { bastion, host: await connect({ sock, ...identity(hosts, places.host) }) };
  } catch (error) {
    bastion.end();
    throw error;
  }
}

export function forward(bastion: Client, address: string): Promise<ssh2.ClientChannel> {
  return new Promise((resolve, reject) => {
    bastion.forwardOut('127.0.0.1', 0, address, 22, (error, channel) => (error ? reject(error) : resolve(channel)));
  });
}

/** One command on a host, from connecting to its end. */
export async function runOn(hosts: RunningHosts, name: string, command: string): Promise<Answer> {
  const { bastion, host } = await openHost(hosts, name);
  try {
    return await exec(host, command);
  } finally {
    host.end();
    bastion.end();
  }
}

export function exec(client: Client, command: string, stdin = ''): Promise<Answer> {
  return new Promise((resolve, reject) => {
    client.exec(command, (error, channel) => {
      if (error) {
        reject(error);
        return;
      }
      const answer = { stdout: '', stderr: '', exit: [] as readonly unknown[] };
      channel.on('data', (chunk: Buffer) => {
        answer.stdout += chunk;
      });
      channel.stderr.on('data', (chunk: Buffer) => {
        answer.stderr += chunk;
      });
      channel.on('exit', (...exit: unknown[]) => {
        answer.exit = exit;
      });
      channel.on('close', () => resolve(answer));
      channel.end(stdin);
    });
  });
}

function identity(hosts: RunningHosts, endpoint: HostEndpoint): ConnectConfig {
  return {
    username: hosts.user,
    privateKey: readFileSync(hosts.operatorKeyFile),
    hostVerifier: (key: Buffer) => key.toString('base64') === endpoint.hostKey.split(' ')[1],
  };
}

function connect(config: ConnectConfig): Promise<Client> {
  return new Promise((resolve, reject) => {
    const client = new ssh2.Client();
    client.on('error', reject).on('connect', () => client.setNoDelay(true));
    client.on('ready', () => resolve(client));
    client.connect(config);
  });
}
