import { isIP } from 'node:net';
import * as z from 'zod';
import { parseCidr } from '../domain/cidr.ts';
import { readDuration } from '../domain/duration.ts';
import { nearest } from '../domain/nearest.ts';
import { noSuch, quoted } from './config-problem.ts';
import { readHostKey } from './host-key.ts';

/** An object of the file. A key that it does not know is a problem of its own, on its own line. */
export function section<Shape extends z.ZodRawShape>(shape: Shape): z.ZodObject<Shape> {
  const unknownKey = z.unknown().superRefine((_value, context) => {
    context.addIssue({ code: 'custom', params: { knownKeys: Object.keys(shape) } });
  });
  return z.object(shape).catchall(unknownKey) as unknown as z.ZodObject<Shape>;
}

/** @param rule What it must be, to go on after "must be …". */
export function text(pattern: RegExp, rule: string) {
  return z.string().regex(pattern, { error: ({ input }) => `must be ${rule}, not ${quoted(input)}` });
}

export function oneOf<const Values extends readonly [string, ...string[]]>(what: string, values: Values) {
  return z.enum(values, { error: ({ input }) => (input === undefined ? undefined : noSuch(what, input, values)) });
}

export function listOf<Item extends z.ZodType>(item: Item) {
  return z.array(item).min(1, 'must not be empty');
}

const LOWERCASE_NAME = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const HOST_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/;
const DNS_NAME = /^(?=.{1,253}$)[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,62})(?:\.[A-Za-z0-9_-]{1,63})*$/;

/** Customers, environments, roles and handles: what people type. */
export const Name = text(LOWERCASE_NAME, 'lower case letters, digits and dashes, 63 at most');
export const HostName = text(HOST_NAME, 'letters, digits, dots, dashes and underscores, 63 at most');
export const DisplayName = text(/^\S(?:[^\p{Cc}]{0,78}\S)?$/u, 'a name of 80 letters at most');
export const TeamId = text(/^[TE][A-Z0-9]{2,20}$/, 'the id of a Slack workspace (T…, on Enterprise Grid E…)');
export const ChannelId = text(
  /^[CG][A-Z0-9]{2,20}$/,
  'the id of a Slack channel (C…), found at the end of its details',
);
export const PersonIdText = text(
  /^[TE][A-Z0-9]{2,20}:[UW][A-Z0-9]{2,20}$/,
  'workspace and user id (T…:U…); Slack shows the user id as "Copy member ID" in a profile',
);
export const UserName = text(/^[A-Za-z_][A-Za-z0-9_.-]{0,31}$/, 'the name of a Linux account');
export const Port = z.int().min(1, 'must be a port, 1 to 65535').max(65_535, 'must be a port, 1 to 65535');
export const AbsolutePath = text(/^(?:\/[\w.+@-]+)+$/, 'an absolute path without blanks and without / at the end');

export const Address = z.string().refine((value) => isIP(value) !== 0 || isDnsName(value), {
  error: ({ input }) => `must be an IP address or a host name, not ${quoted(input)}`,
});

/** Four numbers with dots that are no IP address are a slip of the pen, not a name. */
function isDnsName(value: string): boolean {
  return DNS_NAME.test(value) && !/^[\d.]+$/.test(value);
}

export const CidrText = z.string().refine((value) => parseCidr(value) !== undefined, {
  error: ({ input }) => `must be an address or a range such as 192.0.2.0/24, not ${quoted(input)}`,
});

/** Milliseconds. */
export const Duration = z.string().transform((value, context) => {
  const ms = readDuration(value);
  if (ms === undefined) {
    context.addIssue(`must be a duration such as 90s, 15m, 4h or 1h30m, not ${quoted(value)}`);
  }
  return ms ?? 0;
});

export const HostKey = z.string().transform((value, context) => {
  const line = readHostKey(value);
  if ('problem' in line) {
    context.addIssue(line.problem);
    return '';
  }
  return line.key;
});

export const TimeZone = z.string().refine(isTimeZone, {
  error: ({ input }) => {
    const similar = nearest(String(input), Intl.supportedValuesOf('timeZone'));
    const hint = similar === undefined ? 'such as Europe/Berlin or UTC' : `did you mean ${quoted(similar)}?`;
    return `${quoted(input)} is no IANA time zone (${hint})`;
  },
});

function isTimeZone(value: string): boolean {
  try {
    return /^[A-Za-z]/.test(value) && new Intl.DateTimeFormat('en', { timeZone: value }) !== undefined;
  } catch {
    return false;
  }
}

/** The wrong value is not repeated: it may hold a password. */
export const HttpUrl = z.string().refine(isPlainUrl, 'must be an http or https address without user and password');

function isPlainUrl(value: string): boolean {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  return url !== undefined && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
}
