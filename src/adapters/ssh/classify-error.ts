import type { HopFailureKind } from '../../domain/hop-failure.ts';
import { HopError } from './hop-error.ts';

/** What ssh2 puts on its errors. Several failures differ in their text alone. */
export interface SshLibraryError extends Error {
  readonly level?: string | undefined;
  readonly code?: string | number | undefined;
  /** Of RFC 4254 5.1, on a channel that was not opened. */
  readonly reason?: number | string | undefined;
}

/** How far a connect got: decides what a silence means. */
export type ConnectPhase = 'waiting' | 'forwarding' | 'dialing' | 'greeting' | 'authenticating';

const BY_SOCKET_CODE: Readonly<Record<string, HopFailureKind>> = {
  ECONNREFUSED: 'connection_refused',
  EHOSTUNREACH: 'no_route',
  ENETUNREACH: 'no_route',
  EADDRNOTAVAIL: 'no_route',
  EACCES: 'no_route',
  EPERM: 'no_route',
  ENOTFOUND: 'name_not_found',
  EAI_AGAIN: 'name_not_found',
  ETIMEDOUT: 'connect_timeout',
  ECONNRESET: 'connection_lost',
  EPIPE: 'connection_lost',
};

const BEFORE_LOGIN = 'closed before the login: too many logins at once, or the address is blocked there';
const ADMINISTRATIVELY_PROHIBITED = 1;
const RESOURCE_SHORTAGE = 4;

/**
 * The library's error before `ready`. A refused host key is told apart by our own check, not here.
 * @param agentProblem what the ssh-agent said, in case that the login failed for it.
 */
export function classifyConnectError(error: SshLibraryError, depth: number, agentProblem?: string): HopError {
  const kind = connectErrorKind(error);
  const details: Partial<Record<HopFailureKind, string | undefined>> = {
    connection_lost: BEFORE_LOGIN,
    authentication_failed: agentProblem,
    protocol_error: error.message,
  };
  return new HopError({ kind, depth, detail: details[kind] }, { cause: error });
}

function connectErrorKind({ level, code, message }: SshLibraryError): HopFailureKind {
  if (level === 'client-socket') {
    return BY_SOCKET_CODE[String(code)] ?? 'protocol_error';
  }
  if (level === 'client-authentication' || /authentication failures/i.test(message)) {
    return 'authentication_failed';
  }
  return level === 'protocol' && /^Connection lost/.test(message) ? 'connection_lost' : 'protocol_error';
}

/** Nothing came within the time. */
export function classifySilence(phase: ConnectPhase, depth: number, waitedMs: number): HopError {
  const waited = `after ${formatSeconds(waitedMs)}`;
  const facts = {
    waiting: { kind: 'connect_timeout', detail: `still waiting for its turn ${waited}` },
    forwarding: { kind: 'connect_timeout', detail: `no answer through the bastion ${waited}` },
    dialing: { kind: 'connect_timeout', detail: waited },
    greeting: { kind: 'no_ssh_banner', detail: waited },
    authenticating: { kind: 'connect_timeout', detail: `silent during the login, ${waited}` },
  } as const satisfies Record<ConnectPhase, unknown>;
  return new HopError({ ...facts[phase], depth });
}

/**
 * The bastion did not open the way to the next hop.
 * @param depth of the hop behind the bastion.
 */
export function classifyForwardError(error: SshLibraryError, depth: number): HopError {
  const atBastion = depth - 1;
  if (error.reason === ADMINISTRATIVELY_PROHIBITED) {
    return new HopError({ kind: 'forwarding_denied', depth: atBastion }, { cause: error });
  }
  const kind = forwardErrorKind(error.message);
  const isShortage = error.reason === RESOURCE_SHORTAGE || kind === undefined;
  const facts = isShortage ? ({ kind: 'too_many_sessions', depth: atBastion } as const) : { kind, depth };
  return new HopError(facts, { cause: error });
}

/** OpenSSH sends the words of its C library; "open failed" without a reason means that it ran out of something. */
function forwardErrorKind(message: string): HopFailureKind | undefined {
  const words: readonly (readonly [RegExp, HopFailureKind])[] = [
    [/refused/i, 'connection_refused'],
    [/no route|unreachable/i, 'no_route'],
    [/timed out/i, 'connect_timeout'],
    [/not known|name resolution|resolve|no address/i, 'name_not_found'],
    [/connect failed/i, 'connection_refused'],
  ];
  return words.find(([pattern]) => pattern.test(message))?.[1];
}

/** The host did not start the command. It never ran. */
export function classifyExecError(error: SshLibraryError, depth: number): HopError {
  if (error.reason !== undefined) {
    return new HopError({ kind: 'too_many_sessions', depth }, { cause: error });
  }
  const detail = 'the host refuses to run commands for this account';
  return new HopError({ kind: 'protocol_error', depth, detail }, { cause: error });
}

export function formatSeconds(ms: number): string {
  return `${Number((ms / 1000).toFixed(1))} s`;
}
