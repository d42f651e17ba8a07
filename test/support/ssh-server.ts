import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';
import ssh2, { type AuthContext, type Connection, type ServerChannel, type Session } from 'ssh2';
import type { SshEndpoint } from '../../src/domain/inventory.ts';

export interface TestKey {
  readonly private: string;
  /** `ssh-ed25519 AAAA…` */
  readonly public: string;
}

/** A channel that is not opened, with the reason code and the words of OpenSSH. */
export interface OpenFailure {
  readonly reason: number;
  readonly description: string;
}

/** What the server does; may be changed while it runs. */
export interface SshScript {
  /** Runs the command; by default a real `sh -c`, in a process group of its own as sshd has it. */
  exec: (command: string, channel: ServerChannel, session: Session) => void;
  /** `connect` goes on to the address, `ignore` never answers. */
  forward: 'connect' | 'ignore' | OpenFailure;
  refuseLogins: boolean;
  /** Before a command is started. */
  execDelayMs: number;
  /** Sessions at a time on one connection. */
  maxSessions: number;
}

export interface TestSshServer {
  readonly port: number;
  readonly hostKey: string;
  readonly script: SshScript;
  /** Every command that was asked for. */
  readonly commands: readonly string[];
  /** Counted from the start: TCP connections, logins tried, logins, forwarded channels. */
  readonly counts: Readonly<ServerCounts>;
  readonly processes: readonly ChildProcess[];
  endpoint(name: string, changes?: Partial<SshEndpoint>): SshEndpoint;
  /** Stops reading: the peer sees a machine that vanished. */
  freeze(): void;
  /** Drops every connection at once, and goes on listening. */
  dropAll(): void;
  close(): Promise<void>;
}

export interface ServerCounts {
  connections: number;
  tries: number;
  logins: number;
  forwards: number;
}

export const CLIENT_KEY: TestKey = newKey();

/** One in some hundred of the library's new keys is malformed. */
export function newKey(): TestKey {
  for (;;) {
    const key = ssh2.utils.generateKeyPairSync('ed25519');
    if (!(ssh2.utils.parseKey(key.private) instanceof Error)) {
      return key;
    }
  }
}

/** An in-process SSH server on a free loopback port: the real protocol, real commands, and scripted trouble. */
export async function startSshServer(
  script: Partial<SshScript> & { readonly hostKey?: TestKey; readonly port?: number } = {},
): Promise<TestSshServer> {
  const hostKey = script.hostKey ?? newKey();
  const server = newServer({
    exec: (command, channel, session) => server.processes.push(runInShell(command, channel, session)),
    forward: 'connect',
    refuseLogins: false,
    execDelayMs: 0,
    maxSessions: 10,
    ...script,
  });
  const ssh = new ssh2.Server({ hostKeys: [hostKey.private] }, (client) => serve(client, server));
  const listener = net.createServer((socket) => {
    server.counts.connections += 1;
    socket.setNoDelay(true);
    server.sockets.add(socket.on('error', () => {}).once('close', () => server.sockets.delete(socket)));
    ssh.injectSocket(socket);
  });
  await once(listener.listen(script.port ?? 0, '127.0.0.1'), 'listening');
  const { port } = listener.address() as net.AddressInfo;
  const dropAll = (): void => {
    for (const socket of server.sockets) {
      socket.destroy();
    }
  };
  return {
    ...server,
    port,
    hostKey: hostKey.public,
    endpoint: (name, changes) => ({
      name,
      address: '127.0.0.1',
      port,
      user: 'ops',
      hostKeys: [hostKey.public],
      ...changes,
    }),
    dropAll,
    freeze() {
      for (const socket of server.sockets) {
        socket.pause();
      }
    },
    async close() {
      for (const child of server.processes) {
        killGroup(child, 'SIGKILL');
      }
      dropAll();
      await new Promise((resolve) => listener.close(resolve));
    },
  };
}

interface ServerState {
  readonly script: SshScript;
  readonly commands: string[];
  readonly counts: ServerCounts;
  readonly processes: ChildProcess[];
  readonly sockets: Set<net.Socket>;
}

function newServer(script: SshScript): ServerState {
  const counts = { connections: 0, tries: 0, logins: 0, forwards: 0 };
  return { script, commands: [], counts, processes: [], sockets: new Set() };
}

function serve(client: Connection, server: ServerState): void {
  let sessions = 0;
  const refuse = scriptOpenFailures(client);
  client.on('error', () => {});
  client.on('authentication', (context) => authenticate(context, server));
  client.on('ready', () => {
    server.counts.logins += 1;
  });
  client.on('session', (accept, reject) => {
    if (sessions >= server.script.maxSessions) {
      refuse({ reason: 2, description: 'open failed' }, reject);
      return;
    }
    sessions += 1;
    serveSession(accept(), server, () => {
      sessions -= 1;
    });
  });
  client.on('tcpip', (accept, reject, { destIP, destPort }) => {
    const { forward } = server.script;
    server.counts.forwards += 1;
    if (forward === 'connect') {
      const socket = net.connect(destPort, destIP);
      socket.once('error', () => refuse({ reason: 2, description: 'Connection refused' }, reject));
      socket.once('connect', () => relay(accept(), socket));
    } else if (forward !== 'ignore') {
      refuse(forward, reject);
    }
  });
}

function authenticate(context: AuthContext, server: ServerState): void {
  const key = ssh2.utils.parseKey(CLIENT_KEY.public);
  if (key instanceof Error || context.method !== 'publickey' || !context.key.data.equals(key.getPublicSSH())) {
    server.counts.tries += 1;
    context.reject(['publickey']);
    return;
  }
  const { blob, signature, hashAlgo } = context;
  const isProven = signature === undefined || key.verify(blob as Buffer, signature, hashAlgo) === true;
  server.counts.tries += signature === undefined ? 1 : 0;
  if (isProven && !server.script.refuseLogins) {
    context.accept();
  } else {
    context.reject(['publickey']);
  }
}

function serveSession(session: Session, server: ServerState, onClosed: () => void): void {
  session.on('exec', (accept, _reject, { command }) => {
    const start = (): void => {
      server.commands.push(command);
      const channel = accept();
      channel.on('error', () => {}).once('finish', onClosed);
      server.script.exec(command, channel, session);
    };
    if (server.script.execDelayMs > 0) {
      setTimeout(start, server.script.execDelayMs).unref();
    } else {
      start();
    }
  });
}

function relay(channel: ServerChannel, socket: net.Socket): void {
  channel.on('error', () => {}).on('close', () => socket.destroy());
  socket.on('error', () => channel.close()).on('close', () => channel.close());
  channel.pipe(socket).pipe(channel);
}

function runInShell(command: string, channel: ServerChannel, session: Session): ChildProcess {
  const child = spawn('sh', ['-c', command], { detached: true });
  session.on('signal', (_accept, _reject, { name }) => killGroup(child, `SIG${name}` as NodeJS.Signals));
  child.stdin.on('error', () => {});
  channel.pipe(child.stdin);
  child.stdout.pipe(channel, { end: false });
  child.stderr.pipe(channel.stderr, { end: false });
  child.once('exit', (code, signal) => {
    if (code !== null) {
      channel.exit(code);
    } else {
      channel.exit(`${signal}`.replace('SIG', ''), false, '');
    }
  });
  child.once('close', () => channel.end());
  return child;
}

function killGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  try {
    process.kill(-(pid ?? Number.NaN), signal);
  } catch {
    // It is gone already.
  }
}

interface ProtocolInternals {
  channelOpenFail(recipient: number, reason: number, description: string): void;
}

/** The library's server cannot say why it does not open a channel; OpenSSH does. */
function scriptOpenFailures(client: Connection): (failure: OpenFailure, reject: () => void) => void {
  const { _protocol: protocol } = client as unknown as { _protocol: ProtocolInternals };
  const send = protocol.channelOpenFail.bind(protocol);
  return ({ reason, description }, reject) => {
    protocol.channelOpenFail = (recipient) => send(recipient, reason, description);
    reject();
    protocol.channelOpenFail = send;
  };
}
