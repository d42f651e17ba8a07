import ssh2, { type AnyAuthMethod, type BaseAgent, type ParsedKey } from 'ssh2';
import { SetupError } from '../../domain/errors.ts';
import type { Secret } from '../../domain/secret.ts';

/** What the bot logs in with: a private key, an agent, or first the one and then the other. */
export interface SshAuth {
  /** Content of the key file, OpenSSH or PEM. */
  readonly privateKey?: Secret | undefined;
  readonly passphrase?: Secret | undefined;
  /** Socket of an ssh-agent. Never forwarded to a host. */
  readonly agentSocket?: string | undefined;
}

/** What to try at a login, in this order. */
export type AuthMethods = (username: string) => AnyAuthMethod[];

/**
 * Parses the key once: an encrypted one costs 200 ms of blocked event loop at each connect otherwise.
 *
 * @throws {SetupError} when there is nothing to log in with or the key cannot be read, with what to do.
 */
export function createAuthMethods(auth: SshAuth): AuthMethods {
  const key = auth.privateKey === undefined ? undefined : parsePrivateKey(auth.privateKey, auth.passphrase);
  const agent = auth.agentSocket === undefined ? undefined : ssh2.createAgent(auth.agentSocket);
  if (key === undefined && agent === undefined) {
    throw new SetupError('There is nothing to log in to hosts with: set SSH_PRIVATE_KEY_FILE or SSH_AUTH_SOCK.');
  }
  return (username) => [...keyMethods(username, key), ...agentMethods(username, agent)];
}

function keyMethods(username: string, key: ParsedKey | undefined): AnyAuthMethod[] {
  return key === undefined ? [] : [{ type: 'publickey', username, key }];
}

function agentMethods(username: string, agent: BaseAgent | undefined): AnyAuthMethod[] {
  return agent === undefined ? [] : [{ type: 'agent', username, agent }];
}

function parsePrivateKey(privateKey: Secret, passphrase: Secret | undefined): ParsedKey {
  const parsed = ssh2.utils.parseKey(privateKey.reveal(), passphrase?.reveal());
  if (parsed instanceof Error) {
    throw new SetupError(describeKeyProblem(parsed, passphrase !== undefined));
  }
  const [key] = Array.isArray(parsed) ? (parsed as ParsedKey[]) : [parsed];
  if (key === undefined || !key.isPrivateKey()) {
    throw new SetupError('SSH_PRIVATE_KEY holds a public key. Give the private one, the file without .pub.');
  }
  return key;
}

/** The library says only in words what is wrong; its words never hold a part of the key. */
function describeKeyProblem({ message }: Error, hasPassphrase: boolean): string {
  if (!hasPassphrase && /encrypted/i.test(message)) {
    return 'SSH_PRIVATE_KEY is encrypted: set SSH_PRIVATE_KEY_PASSPHRASE(_FILE), or load the key into an ssh-agent and set SSH_AUTH_SOCK.';
  }
  if (hasPassphrase && /passphrase|integrity|decrypt/i.test(message)) {
    return 'SSH_PRIVATE_KEY cannot be decrypted: SSH_PRIVATE_KEY_PASSPHRASE is not its passphrase.';
  }
  return `SSH_PRIVATE_KEY cannot be read (${message}). It must be an OpenSSH or PEM private key; make one with ssh-keygen -t ed25519.`;
}
