import type { AccessSettings, Environment } from '../../domain/inventory.ts';
import type { AccessField } from './access-service.ts';
import { ACCESS_KINDS, type AccessWish } from './grant.ts';
import { readPublicKey } from './read-public-key.ts';

const SHORTEST_REASON = 10;
const LONGEST_REASON = 500;
const TICKET = /^[A-Za-z0-9#][A-Za-z0-9 ._:#/-]{0,59}$/;

export type AccessProblems = Readonly<Partial<Record<AccessField, string>>>;

export interface WishToCheck {
  readonly wish: AccessWish;
  readonly until: Date;
  readonly reason: string;
  readonly ticket?: string | undefined;
  /** Of the customer. */
  readonly settings: AccessSettings;
  readonly environment: Environment;
  readonly now: Date;
}

/** What is wrong with a request as far as it can be seen without looking anything up, by field. */
export function checkWish(asked: WishToCheck): AccessProblems {
  const found: readonly (readonly [AccessField, string | undefined])[] = [
    ['kinds', checkKinds(asked)],
    ['hosts', checkHosts(asked)],
    ['publicKey', checkKey(asked.wish)],
    ['until', checkUntil(asked)],
    ['reason', checkReason(asked.reason)],
    ['ticket', checkTicket(asked.ticket)],
  ];
  return Object.fromEntries(found.filter(([, problem]) => problem !== undefined));
}

/** As it is written down: in one order, the key without its comment. For a wish without problems. */
export function tidyWish({ kinds, linux }: AccessWish, environment: Environment): AccessWish {
  const ordered = ACCESS_KINDS.filter((kind) => kinds.includes(kind));
  if (linux === undefined) {
    return { kinds: ordered };
  }
  const read = readPublicKey(linux.publicKey);
  const hosts = environment.hosts.map(({ name }) => name).filter((name) => linux.hosts.includes(name));
  return {
    kinds: ordered,
    linux: { hosts, publicKey: 'key' in read ? read.key : '', productLogs: linux.productLogs },
  };
}

function checkKinds({ wish, settings }: WishToCheck): string | undefined {
  if (wish.kinds.length === 0) {
    return 'Choose at least one.';
  }
  const isOffered = wish.kinds.every((kind) => settings.kinds.includes(kind));
  return isOffered && wish.kinds.includes('linux') === (wish.linux !== undefined)
    ? undefined
    : `Here you can ask for: ${settings.kinds.join(', ')}.`;
}

function checkHosts({ wish: { linux }, environment }: WishToCheck): string | undefined {
  if (linux === undefined) {
    return undefined;
  }
  const names = environment.hosts.map(({ name }) => name);
  if (linux.hosts.length === 0) {
    return 'Choose at least one host.';
  }
  return linux.hosts.every((host) => names.includes(host)) ? undefined : 'Choose hosts of this environment.';
}

function checkKey({ linux }: AccessWish): string | undefined {
  const read = linux && readPublicKey(linux.publicKey);
  return read !== undefined && 'problem' in read ? read.problem : undefined;
}

/** Also for an end that is asked for later. */
export function checkUntil({ until, now, settings }: Pick<WishToCheck, 'until' | 'now' | 'settings'>) {
  const leftMs = until.getTime() - now.getTime();
  if (!(leftMs > 0)) {
    return 'The end has to be in the future.';
  }
  return leftMs > settings.longestMs
    ? `Access lasts ${inWords(settings.longestMs)} at most here. Ask for less; it can be extended.`
    : undefined;
}

export function checkReason(reason: string): string | undefined {
  const { length } = reason.trim();
  return length >= SHORTEST_REASON && length <= LONGEST_REASON
    ? undefined
    : `Say in ${SHORTEST_REASON} to ${LONGEST_REASON} characters what you need it for.`;
}

function checkTicket(ticket: string | undefined): string | undefined {
  return ticket === undefined || ticket === '' || TICKET.test(ticket)
    ? undefined
    : 'A ticket has 60 characters at most: letters, digits, spaces and . _ : # / -';
}

function inWords(ms: number): string {
  const hours = ms / 3_600_000;
  return Number.isInteger(hours) ? `${hours} h` : `${Math.round(ms / 60_000)} min`;
}
