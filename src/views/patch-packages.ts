import type { KnownBlock } from '@slack/types';
import { refOf } from '../domain/environment-ref.ts';
import type { PendingPackage } from '../services/patching/os-sample.ts';
import type { PatchPlan } from '../services/patching/patch-service.ts';
import { context, packLines } from './blocks.ts';
import { COMMAND_WORD } from './command-word.ts';
import { code, cut, escapeMrkdwn } from './mrkdwn.ts';
import { nameHosts } from './status-problems.ts';
import type { SurveyFacts } from './survey-view.ts';

const LIST_SECTIONS = 12;
/** Of each list while there are several; one host alone shows as many as there is room for. */
const SHOWN_PACKAGES = 10;
const LONGEST_NAME = 60;
const LONGEST_VERSION = 40;

/** The packages of each host; hosts that wait for the same ones share a list. */
export function patchPackages({ selection, reports }: SurveyFacts<PatchPlan>): readonly KnownBlock[] {
  const waiting = reports.filter(({ sample }) => (sample?.pending?.length ?? 0) > 0);
  const lists = [...Map.groupBy(waiting, ({ sample }) => JSON.stringify(sample?.pending)).values()];
  const most = selection.hosts.length > 1 ? SHOWN_PACKAGES : undefined;
  const lines = lists.flatMap((plans) => describeList(plans, most));
  const { sections, left } = packLines(lines, LIST_SECTIONS);
  const isCut = left > 0 || lists.some((plans) => most !== undefined && pendingOf(plans).length > most);
  const command = code(
    `${COMMAND_WORD} patch plan ${refOf(selection.environment)} --hosts ${waiting[0]?.host ?? '<host>'}`,
  );
  return [
    ...sections,
    ...(isCut && most !== undefined ? [context(`The lists are cut. One host alone is shown whole: ${command}`)] : []),
    ...(isCut && most === undefined ? [context(`${left} more packages found no room here.`)] : []),
  ];
}

function pendingOf([plan]: readonly PatchPlan[]): readonly PendingPackage[] {
  return plan?.sample?.pending ?? [];
}

function describeList(plans: readonly PatchPlan[], most: number | undefined): readonly string[] {
  const pending = pendingOf(plans);
  const shown = pending.slice(0, most).map(describePackage);
  const more = pending.length > shown.length ? [`      … and ${pending.length - shown.length} more`] : [];
  return [`*${nameHosts(plans)}*`, ...shown, ...more];
}

/** `🔒 openssl 3.0.20 → 3.0.22 (Debian-Security, held)`; versions as code, since Slack takes their `~` for a stroke. */
function describePackage({ name, from, to, security, source, held }: PendingPackage): string {
  const mark = security ? '🔒' : security === undefined ? '❔' : '▫️';
  const versions = [
    ...(from === undefined ? ['new'] : [code(cut(from, LONGEST_VERSION))]),
    code(cut(to, LONGEST_VERSION)),
  ].join(' → ');
  const remarks = [source, ...(held ? ['held'] : [])].map((text) => cut(text, LONGEST_NAME)).join(', ');
  return `      ${mark} ${code(cut(name, LONGEST_NAME))} ${versions} (${escapeMrkdwn(remarks)})`;
}
