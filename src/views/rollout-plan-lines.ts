import { count } from '../domain/count.ts';
import type { ChangePlan, HostPlan } from '../services/rollouts/host-change.ts';
import { code, cut } from './mrkdwn.ts';
import { listHosts, problemLines, sentence } from './rollout-text.ts';

const LONGEST_LINE = 160;
const INDENT = '      ';
const NO_WAY_BACK = /^none\b:?\s*/i;

export interface ListLengths {
  /** Lines of each list; `undefined`: all. */
  readonly lines: number | undefined;
  /** Hosts that are named; more are counted. */
  readonly hosts: number;
}

/** What would be done on each host; hosts with the same list share it. Lines are code, since versions hold `~`. */
export function workLines(hosts: readonly HostPlan[], most: ListLengths): readonly string[] {
  const alike = [...Map.groupBy(hosts, ({ lines }) => JSON.stringify(lines)).values()];
  return alike.flatMap((group) => describeList(group, most));
}

/** Is a list cut? */
export function isCut(hosts: readonly HostPlan[], most: number): boolean {
  return hosts.some(({ lines }) => lines.length > most);
}

function describeList(group: readonly HostPlan[], most: ListLengths): readonly string[] {
  const lines = group[0]?.lines ?? [];
  const shown = lines.slice(0, most.lines);
  const more = lines.length > shown.length ? [`${INDENT}… and ${lines.length - shown.length} more`] : [];
  const names = group.map(({ host }) => host);
  return [listHosts(names, most.hosts), ...shown.map((line) => `${INDENT}${code(cut(line, LONGEST_LINE))}`), ...more];
}

/** How to go back, those without a way first: read before it is approved. */
export function rollbackLines(hosts: readonly HostPlan[], most: number): readonly string[] {
  const alike = [...Map.groupBy(hosts, ({ rollback }) => rollback.trim())];
  const [without, withOne] = [alike.filter(([text]) => isNone(text)), alike.filter(([text]) => !isNone(text))];
  return [
    ...without.map(([text, group]) => `⚠️ *No way back* on ${where(group, most)}${reason(text)}`),
    ...withOne.map(([text, group]) => `↩️ Way back on ${where(group, most)}: ${sentence(text)}`),
  ];
}

function where(group: readonly HostPlan[], most: number): string {
  return listHosts(
    group.map(({ host }) => host),
    most,
  );
}

function isNone(rollback: string): boolean {
  return rollback === '' || NO_WAY_BACK.test(rollback);
}

function reason(rollback: string): string {
  const why = rollback.replace(NO_WAY_BACK, '');
  return why === '' ? '' : `: ${sentence(why)}`;
}

export function warningLines({ warnings }: ChangePlan): readonly string[] {
  return problemLines(warnings, '⚠️');
}

const SHOWN_WAVES = 8;
const NAMED_IN_WAVE = 4;

/** `*14 waves:* apim-1 → apim-2, is-1 → … and 12 more`. */
export function wavesInWords(waves: readonly (readonly string[])[]): string {
  const shown = waves.slice(0, SHOWN_WAVES).map((wave) => listHosts(wave, NAMED_IN_WAVE) || '–');
  const left = waves.length - shown.length;
  return `*${count(waves.length, 'wave')}:* ${[...shown, ...(left > 0 ? [`… and ${left} more`] : [])].join(' → ')}`;
}
