import { mkdirSync } from 'node:fs';
import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Connection, ParsedKey } from 'ssh2';
import { rejectForward } from './reject-forward.ts';
import type { SandboxHost } from './sandbox-host.ts';
import { createShellRunner } from './shell-runner.ts';
import { generateKeyPair } from './ssh-keys.ts';
import { createSshServer, type ForwardRequest } from './ssh-server.ts';

/** The only door to a customer's hosts: a listening port on loopback. */
export interface SandboxBastion {
  readonly name: string;
  readonly port: number;
  readonly hostKey: string;
  readonly conditions: BastionConditions;
  /** Closes the port and every connection. */
  stopListening(): Promise<void>;
  isListening(): boolean;
  /** Opens the same port again. */
  startListening(): Promise<void>;
  stop(): Promise<void>;
}

export interface BastionConditions {
  forwardingDenied: boolean;
  authenticationRefused: boolean;
}

export interface SandboxBastionOptions {
  readonly name: string;
  readonly root: string;
  readonly user: string;
  readonly authorizedKey: ParsedKey;
  /** By address, e.g. `apim-1.acme.internal`. */
  readonly hosts: ReadonlyMap<string, SandboxHost>;
}

const SSH_PORT = 22;

export async function startSandboxBastion(options: SandboxBastionOptions): Promise<SandboxBastion> {
  mkdirSync(join(options.root, 'home/ops'), { recursive: true });
  const conditions: BastionConditions = { forwardingDenied: false, authenticationRefused: false };
  const hostKey = generateKeyPair();
  const shell = createShellRunner({ root: options.root, self: '10.20.0.2 22' });
  const server = createSshServer({
    hostKey,
    user: options.user,
    authorizedKey: options.authorizedKey,
    isAuthenticationRefused: () => conditions.authenticationRefused,
    exec: shell.run,
    forward: (connection, request) => forward(connection, request),
  });

  function forward(connection: Connection, request: ForwardRequest): void {
    const host = options.hosts.get(request.address);
    if (conditions.forwardingDenied || !host || request.port !== SSH_PORT) {
      rejectForward(connection, request, 'administratively_prohibited');
    } else if (host.conditions.refusing) {
      rejectForward(connection, request, 'connection_refused');
    } else {
      host.connect(request.accept());
    }
  }

  const door = await openDoor((socket) => server.injectSocket(socket));
  const stop = async () => {
    await door.close();
    shell.stop();
  };
  const { port, close, open, isOpen } = door;
  const listening = { stopListening: close, startListening: open, isListening: isOpen };
  return { name: options.name, port, hostKey: hostKey.publicLine, conditions, ...listening, stop };
}

interface Door {
  readonly port: number;
  isOpen(): boolean;
  open(): Promise<void>;
  close(): Promise<void>;
}

/** A loopback port that can be closed with everything that came through it, and opened again. */
async function openDoor(enter: (socket: Socket) => void): Promise<Door> {
  const sockets = new Set<Socket>();
  const listener = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
    // Small packets each way: Nagle would make every answer wait.
    enter(socket.setNoDelay(true));
  });
  const listen = (port: number) =>
    new Promise<void>((resolve, reject) => {
      listener.once('error', reject).listen(port, '127.0.0.1', () => resolve());
    });
  await listen(0);
  const { port } = listener.address() as AddressInfo;

  return {
    port,
    isOpen: () => listener.listening,
    open: async () => {
      if (!listener.listening) {
        await listen(port);
      }
    },
    close: () =>
      new Promise<void>((resolve) => {
        listener.close(() => resolve());
        for (const socket of sockets) {
          socket.destroy();
        }
      }),
  };
}
