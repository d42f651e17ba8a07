import { UserError } from '../../domain/errors.ts';
import type { Drain } from '../../domain/inventory.ts';
import { describeExit } from '../../domain/probe-output.ts';
import type { RemoteCommand } from '../../domain/remote-command.ts';
import type { CommandResult, RemoteExecutor } from '../../domain/remote-executor.ts';
import { remoteOf } from '../../domain/remote-target.ts';
import { HAPROXY_SCRIPT, NO_PROGRAM } from './haproxy-script.ts';
import { type HaproxyServer, parseStat } from './haproxy-stat.ts';
import type { HostInEnvironment } from './host-operations.ts';

type Api = Extract<Drain, { kind: 'haproxy' }>['api'];

/** One HAProxy. Every method throws {HopFailure} when its host is not reached, {UserError} for what HAProxy refuses. */
export interface HaproxyApi {
  servers(): Promise<readonly HaproxyServer[]>;
  /** @param server `backend/server`. */
  setState(server: string, state: 'drain' | 'ready'): Promise<void>;
}

export interface HaproxyPlace {
  readonly via: HostInEnvironment;
  readonly api: Api;
  readonly executor: RemoteExecutor;
  readonly signal: AbortSignal;
}

const DEADLINE_MS = 20_000;
/** About 500 bytes a server. */
const MAX_BYTES = 4 * 1024 * 1024;
/** A line break or a semicolon would be another command. */
const SERVER = /^[\w.:-]+\/[\w.:-]+$/;

export function createHaproxyApi({ via, api, executor, signal }: HaproxyPlace): HaproxyApi {
  async function ask(line: string): Promise<string> {
    const options = { deadlineMs: DEADLINE_MS, maxOutputBytes: MAX_BYTES, signal, stdin: `${line}\n` };
    const result = await executor.run(remoteOf(via), askCommand(api), options);
    if (result.exitCode !== 0 || result.truncated) {
      throw unreachable(via.host.name, result);
    }
    return result.stdout;
  }

  return {
    // All proxies, servers alone, all of them.
    servers: async () => {
      const reply = await ask('show stat -1 4 -1');
      return parseStat(reply) ?? refuse(via.host.name, 'show stat', reply);
    },
    async setState(server, state) {
      if (!SERVER.test(server)) {
        throw new TypeError('Not a server of HAProxy.');
      }
      const reply = await ask(`set server ${server} state ${state}`);
      if (reply.trim() !== '') {
        refuse(via.host.name, `set server ${server} state ${state}`, reply);
      }
    },
  };
}

function askCommand(api: Api): RemoteCommand {
  const where = 'socket' in api ? ['socket', api.socket] : ['address', api.address, String(api.port)];
  return ['sh', '-c', HAPROXY_SCRIPT, 'msops-haproxy', ...where];
}

function unreachable(via: string, result: CommandResult): UserError {
  const cause = result.truncated ? 'its answer was too long' : describeExit(result);
  const hint =
    result.exitCode === NO_PROGRAM
      ? `Install socat on ${via}.`
      : 'Look at `via` and the API of its drain in msops.yml.';
  return new UserError(`HAProxy could not be asked from ${via}: ${cause}.`, { hint });
}

/** Its replies have no code, only words. */
const ADVICE: readonly { readonly pattern: RegExp; readonly hint: string }[] = [
  {
    pattern: /^No such (?:server|backend)/,
    hint: 'Compare `servers` of the drain in msops.yml with `show stat` of HAProxy.',
  },
  { pattern: /^Permission denied/, hint: 'The API needs `level admin` in its `stats socket` line.' },
];

function refuse(via: string, command: string, reply: string): never {
  const words = reply.trim().split('\n')[0]?.slice(0, 200) ?? '';
  const hint = ADVICE.find(({ pattern }) => pattern.test(words))?.hint;
  throw new UserError(`HAProxy on ${via} refused \`${command}\`: ${words || 'no reply'}`, { hint });
}
