import ssh2, { type ParsedKey } from 'ssh2';
import { createAuthMethods, type SshAuth } from './ssh-auth.ts';

/**
 * Public keys by which the bot logs in, `ssh-ed25519 AAAA…`: of its key, and of the agent's.
 * @throws {SetupError} when the key cannot be read; what the agent says when it does not answer.
 */
export async function ownPublicKeys(auth: SshAuth): Promise<readonly string[]> {
  const own = createAuthMethods(auth)('').flatMap((method) =>
    method.type === 'publickey' ? [method.key as ParsedKey] : [],
  );
  const ofAgent = auth.agentSocket === undefined ? [] : await identitiesOf(auth.agentSocket);
  return [...own, ...ofAgent].map((key) => `${key.type} ${key.getPublicSSH().toString('base64')}`);
}

function identitiesOf(socket: string): Promise<readonly ParsedKey[]> {
  return new Promise((resolve, reject) => {
    ssh2.createAgent(socket).getIdentities((error, keys) => {
      if (error) {
        reject(error);
      } else {
        resolve((keys ?? []) as ParsedKey[]);
      }
    });
  });
}
