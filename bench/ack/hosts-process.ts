import { execFile } from 'node:child_process';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { promisify } from 'node:util';
import ssh2, { type Connection } from 'ssh2';
import { generateKeyPair } from '../../sandbox/hosts/ssh-keys.ts';
import { PROBE_SCRIPT } from '../../src/services/hosts/probe-script.ts';

/** A probe on a real host measures CPU over 300 ms; this one answers after as long, without using the machine. */
const PROBE_MS = 350;

/** Hosts that log in and answer the probe as a real one does, each on a port of its own, and a bastion before them. */
const hostKey = generateKeyPair();
const answer = await realProbeOutput();
const hosts = await Promise.all(Array.from({ length: Number(process.argv[2]) }, () => listen(serveHost)));
const bastion = await listen(serveBastion);
process.send?.({ hosts: hosts.map(portOf), bastion: portOf(bastion), hostKey: hostKey.publicLine });

async function realProbeOutput(): Promise<string> {
  const { stdout } = await promisify(execFile)('sh', ['-c', PROBE_SCRIPT, 'msops-probe']);
  return stdout;
}

function listen(serve: (client: Connection) => void): Promise<Server> {
  const ssh = new ssh2.Server({ hostKeys: [hostKey.privatePem] }, (client) => {
    client.on('error', () => {}).on('authentication', (login) => login.accept());
    serve(client);
  });
  const server = createServer((socket) => {
    socket.setNoDelay(true);
    ssh.injectSocket(socket);
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

function serveHost(client: Connection): void {
  client.on('session', (accept) => {
    accept().on('exec', (acceptExec) => {
      const channel = acceptExec();
      setTimeout(() => {
        channel.write(answer);
        channel.exit(0);
        channel.end();
      }, PROBE_MS);
    });
  });
}

function serveBastion(client: Connection): void {
  client.on('session', (accept) => {
    accept().on('exec', (acceptExec) => {
      const channel = acceptExec();
      channel.exit(0);
      channel.end();
    });
  });
  client.on('tcpip', (accept, _reject, { destPort }) => {
    const channel = accept();
    const socket = connect(destPort, '127.0.0.1');
    socket.setNoDelay(true);
    channel.pipe(socket).on('error', () => channel.end());
    socket.pipe(channel);
  });
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
