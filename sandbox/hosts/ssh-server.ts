import { timingSafeEqual } from 'node:crypto';
import ssh2, { type AuthContext, type Connection, type ParsedKey, type Server, type ServerChannel } from 'ssh2';
import type { KeyPair } from './ssh-keys.ts';

export interface SshServerOptions {
  readonly hostKey: KeyPair;
  readonly user: string;
  /** The one key that may come in. */
  readonly authorizedKey: ParsedKey;
  /** Asked at each attempt. */
  isAuthenticationRefused(): boolean;
  exec(request: ExecRequest): RunningCommand;
  forward?(connection: Connection, request: ForwardRequest): void;
}

export interface ExecRequest {
  readonly command: string;
  readonly channel: ServerChannel;
  readonly client: { readonly ip: string; readonly port: number };
}

export interface RunningCommand {
  /** @param name without `SIG`. */
  signal(name: string): void;
}

export interface ForwardRequest {
  readonly address: string;
  readonly port: number;
  accept(): ServerChannel;
  reject(): void;
}

/** No chacha20: the library hangs when both of two nested connections use it. */
const CIPHERS = ['aes128-gcm@openssh.com', 'aes256-gcm@openssh.com', 'aes128-ctr', 'aes256-ctr'] as const;
const KEY_EXCHANGES = ['curve25519-sha256', 'curve25519-sha256@libssh.org', 'ecdh-sha2-nistp256'] as const;

/** An SSH server that takes one user with one key. It is not listening yet. */
export function createSshServer(options: SshServerOptions): Server {
  const algorithms = { cipher: [...CIPHERS], kex: [...KEY_EXCHANGES] };
  const config = { hostKeys: [options.hostKey.privatePem], algorithms, ident: 'OpenSSH_9.2p1-sandbox' };
  return new ssh2.Server(config, (connection, { ip, port }) => {
    connection.on('error', () => connection.end());
    connection.on('authentication', (attempt) => authenticate(attempt, options));
    connection.on('session', (accept) => serveSession(accept(), { client: { ip, port }, exec: options.exec }));
    connection.on('tcpip', (accept, reject, { destIP, destPort }) => {
      const request = { address: destIP, port: destPort, accept, reject };
      return options.forward ? options.forward(connection, request) : reject();
    });
  });
}

function authenticate(attempt: AuthContext, options: SshServerOptions): void {
  const { user, authorizedKey } = options;
  const isRefused = options.isAuthenticationRefused() || attempt.username !== user || attempt.method !== 'publickey';
  if (isRefused || !isSameKey(attempt.key.data, authorizedKey.getPublicSSH())) {
    attempt.reject(['publickey']);
    return;
  }
  const { blob, signature, hashAlgo } = attempt;
  // Without a signature the client only asks whether this key would do.
  if (blob && signature && authorizedKey.verify(blob, signature, hashAlgo) !== true) {
    attempt.reject(['publickey']);
    return;
  }
  attempt.accept();
}

function isSameKey(offered: Buffer, authorized: Buffer): boolean {
  return offered.length === authorized.length && timingSafeEqual(offered, authorized);
}

type Exec = Pick<SshServerOptions, 'exec'> & Pick<ExecRequest, 'client'>;

function serveSession(session: ssh2.Session, { client, exec }: Exec): void {
  let running: RunningCommand | undefined;
  session.on('exec', (accept, _reject, { command }) => {
    running = exec({ command, channel: accept(), client });
  });
  session.on('signal', (accept, _reject, { name }) => {
    running?.signal(name);
    accept?.();
  });
  session.on('shell', (_accept, reject) => reject());
  session.on('pty', (_accept, reject) => reject?.());
}
