import type { Duplex } from 'node:stream';
import ssh2, { type Client, type ConnectConfig } from 'ssh2';
import type { SshEndpoint } from '../../domain/inventory.ts';
import { type ConnectPhase, classifyConnectError, classifySilence, type SshLibraryError } from './classify-error.ts';
import { dial } from './dial.ts';
import { HopError } from './hop-error.ts';
import { createHostKeyCheck, type HostKeyCheck } from './host-key-check.ts';
import type { AuthMethods } from './ssh-auth.ts';
import { destroySocket, hasSeenBanner, keepKeysParsed, skipHostKeyProofs } from './ssh2-internals.ts';

export interface ConnectRequest {
  readonly endpoint: SshEndpoint;
  readonly depth: number;
  /** Through the bastion; without it a TCP connection is opened. */
  readonly stream?: Duplex | undefined;
  readonly authMethods: AuthMethods;
  readonly timeoutMs: number;
  readonly keepaliveMs: number;
}

export interface ConnectAttempt {
  /** @throws {HopError} */
  readonly ready: Promise<Client>;
  phase(): ConnectPhase;
}

/** One try to log in. No retries, no other timer than the library's own, which covers TCP, handshake and login. */
export function connectClient(request: ConnectRequest): ConnectAttempt {
  const client = new ssh2.Client();
  const hostKeyCheck = createHostKeyCheck(request.endpoint.hostKeys);
  let isConnected = false;
  client.on('connect', () => {
    isConnected = true;
  });
  client.on('handshake', () => {
    skipHostKeyProofs(client);
    keepKeysParsed(client);
  });

  const greetingOrLater = (): ConnectPhase => (hasSeenBanner(client) ? 'authenticating' : 'greeting');
  const phase = (): ConnectPhase => (isConnected ? greetingOrLater() : 'dialing');
  return { ready: login({ client, request, hostKeyCheck, phase }), phase };
}

interface Login {
  readonly client: Client;
  readonly request: ConnectRequest;
  readonly hostKeyCheck: HostKeyCheck;
  readonly phase: () => ConnectPhase;
}

function login({ client, request, hostKeyCheck, phase }: Login): Promise<Client> {
  const { depth, timeoutMs } = request;
  const { promise, resolve, reject } = Promise.withResolvers<Client>();
  const fail = (error: HopError): void => {
    reject(error);
    setImmediate(() => destroySocket(client)); // After the library's own good-bye.
  };
  let agentProblem: string | undefined;
  client.on('ready', () => resolve(client));
  // On, not once: a second error often follows, and without a listener it would end the process.
  client.on('error', (error: SshLibraryError) => {
    if (error.level === 'agent') {
      agentProblem = `the ssh-agent failed: ${error.message}`; // The library goes on with the next method.
    } else {
      fail(toHopError(error));
    }
  });
  client.on('close', () => fail(classifyConnectError(lostBeforeLogin(), depth)));

  function toHopError(error: SshLibraryError): HopError {
    const detail = hostKeyCheck.problem();
    if (detail !== undefined) {
      return new HopError({ kind: 'host_key_changed', depth, detail }, { cause: error });
    }
    const isSilence = error.level === 'client-timeout';
    return isSilence ? classifySilence(phase(), depth, timeoutMs) : classifyConnectError(error, depth, agentProblem);
  }

  client.connect(toConfig(request, hostKeyCheck));
  return promise;
}

function lostBeforeLogin(): SshLibraryError {
  return Object.assign(new Error('Connection lost before the login'), { level: 'protocol' });
}

function toConfig(request: ConnectRequest, hostKeyCheck: HostKeyCheck): ConnectConfig {
  const { endpoint, stream, authMethods, timeoutMs, keepaliveMs } = request;
  return {
    username: endpoint.user,
    sock: stream ?? dial(endpoint),
    authHandler: authMethods(endpoint.user),
    hostVerifier: (key: Buffer) => hostKeyCheck.verify(key),
    readyTimeout: timeoutMs,
    keepaliveInterval: keepaliveMs,
    keepaliveCountMax: 3,
    algorithms: {
      // Without diffie-hellman-group-exchange: its prime check blocks the event loop for 1.6 s a connection.
      kex: ['curve25519-sha256', 'curve25519-sha256@libssh.org', 'ecdh-sha2-nistp256', 'diffie-hellman-group14-sha256'],
      serverHostKey: hostKeyCheck.algorithms,
      // Without chacha20-poly1305: in JavaScript it hangs when it runs inside itself, which a bastion makes happen.
      cipher: ['aes128-gcm@openssh.com', 'aes256-gcm@openssh.com', 'aes128-ctr', 'aes256-ctr'],
    },
  };
}
