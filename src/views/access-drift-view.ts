import type { KnownBlock } from '@slack/types';
import { count } from '../domain/count.ts';
import type { Message } from '../domain/message.ts';
import type { Drift } from '../services/access/ports.ts';
import type { FoundAccount } from '../services/linux-accounts/linux-account.ts';
import { context, packLines, section } from './blocks.ts';
import { code, cut } from './mrkdwn.ts';
import { listHosts, sentence } from './rollout-text.ts';

const DRIFT_SECTIONS = 15;
const SHOWN_KEYS = 3;
const SHOWN_GROUPS = 8;
const LONGEST_NAME = 60;

export function driftLookingView(ref: string, hosts: number): Message {
  const text = `🔎 *${sentence(ref)}*: comparing the accounts on ${count(hosts, 'host')} with what was granted…`;
  return { text, blocks: [section(text)] };
}

export function driftNotLookedView(ref: string): Message {
  const text = `🚫 *${sentence(ref)}*: the accounts were not compared.`;
  return { text, blocks: [section(text)] };
}

export interface DriftFacts {
  /** `acme/prod`. */
  readonly ref: string;
  readonly hosts: number;
  readonly drifts: readonly Drift[];
}

/** What the hosts have and nothing explains, and the other way round. What could not be read is no agreement. */
export function accessDriftView({ ref, hosts, drifts }: DriftFacts): Message {
  const unknown = drifts.filter(({ kind }) => kind === 'unknown');
  const found = drifts.filter(({ kind }) => kind !== 'unknown');
  const text = `${headIcon(found, unknown)} *${sentence(ref)}*: ${verdict(found.length, unknown.length, hosts)}`;
  const packed = packLines([...found, ...unknown].map(driftLine), DRIFT_SECTIONS);
  const blocks = [
    section(text),
    ...packed.sections,
    ...(packed.left > 0 ? [context(`${packed.left} more found no room here.`)] : []),
    context('Nothing was changed. Mending a host is a change that has to be approved.'),
  ] satisfies KnownBlock[];
  return { text, blocks };
}

function headIcon(found: readonly Drift[], unknown: readonly Drift[]): string {
  return found.length > 0 ? '⚠️' : unknown.length > 0 ? '❔' : '✅';
}

function verdict(found: number, unknown: number, hosts: number): string {
  const differences = found > 0 ? `${count(found, 'difference')} between hosts and grants` : 'no difference was found';
  const gaps = unknown > 0 ? `, and ${count(unknown, 'thing')} could not be read` : '';
  return `${differences} on ${count(hosts, 'host')}${gaps}.`;
}

function driftLine(drift: Drift): string {
  const host = code(cut(drift.host, LONGEST_NAME));
  switch (drift.kind) {
    case 'unexplained_account':
      return `👤 ${host}: no grant explains the account ${accountInWords(drift.account)}`;
    case 'left_behind':
      return `🚨 ${host}: the account ${name(drift.user)} is still there, but access ${name(drift.grantId)} is over`;
    case 'missing':
      return `➖ ${host}: the account ${name(drift.user)} of access ${name(drift.grantId)} is missing`;
    case 'wrong_groups':
      return `👥 ${host}: the account ${name(drift.user)} is in groups that reading does not need: ${listHosts(drift.groups, SHOWN_GROUPS)}`;
    case 'unexplained_sudo':
      return `🛡️ ${host}: nothing explains this right to sudo: ${sentence(drift.text)}`;
    case 'unknown':
      return `❔ ${host}: ${sentence(drift.text)}`;
  }
}

function accountInWords({ user, uid, shell, groups, keys, endsOn }: FoundAccount): string {
  const end = endsOn === undefined ? 'without an end' : `until ${endsOn.toISOString().slice(0, 10)}`;
  return [
    `${name(user)} (uid ${uid}, ${name(shell)}, ${end})`,
    ...(groups.length > 0 ? [`groups ${listHosts(groups, SHOWN_GROUPS)}`] : []),
    keys.length > 0 ? `${count(keys.length, 'key')} ${listHosts(keys, SHOWN_KEYS)}` : 'no key',
  ].join(', ');
}

function name(text: string): string {
  return code(cut(text, LONGEST_NAME));
}
