import { count } from '../domain/count.ts';
import type { Message } from '../domain/message.ts';
import type { OsSample } from '../services/patching/os-sample.ts';
import type { PatchPlan } from '../services/patching/patch-service.ts';
import { formatDuration, UNKNOWN } from './format-numbers.ts';
import { shortHopFailure } from './hop-failure-words.ts';
import { patchPackages } from './patch-packages.ts';
import { AUTO_VERDICTS } from './patch-verdicts.ts';
import { type SurveyFacts, surveyView } from './survey-view.ts';

/** What waits on each host, and what stands in the way. */
export function patchPlanView(facts: SurveyFacts<PatchPlan>): Message {
  return surveyView(facts, {
    columns: [
      { title: 'Host' },
      { title: 'System' },
      { title: 'Pending', align: 'right' },
      { title: 'Security', align: 'right' },
      { title: 'Held', align: 'right' },
      { title: 'Lists from', align: 'right' },
      { title: 'Restart due' },
      { title: 'Automatic updates' },
    ],
    cells: ({ sample, automatic }) => (sample ? [...planCells(sample), automaticCell(automatic)] : []),
    short: ({ failure }) => (failure ? shortHopFailure(failure) : UNKNOWN),
    summarize,
    details: patchPackages,
    legend:
      'Nothing was changed or refreshed. Pending counts held packages too; security is told by the origin’s label or by an advisory.',
  });
}

function planCells(sample: OsSample): readonly string[] {
  const { release, pending, held, listsAgeSeconds } = sample;
  return [
    release ?? UNKNOWN,
    pending === undefined ? UNKNOWN : String(pending.length),
    securityCell(sample),
    held === undefined ? UNKNOWN : String(held.length),
    listsAgeSeconds === undefined ? UNKNOWN : `${formatDuration(listsAgeSeconds)} ago`,
    restartCell(sample),
  ];
}

/** `works, 5 h ago: Debian-Security`. */
function automaticCell(automatic: PatchPlan['automatic']): string {
  if (automatic === undefined) {
    return UNKNOWN;
  }
  const { verdict, sample } = automatic;
  const { lastRunAgeSeconds: age, takesIn = [], mechanism } = sample;
  const ran = age === undefined || age === 'never' || mechanism === 'none' ? '' : `, ${formatDuration(age)} ago`;
  const takes = takesIn.length > 0 && mechanism !== 'none' ? `: ${takesIn.join(', ')}` : '';
  return `${AUTO_VERDICTS[verdict]}${ran}${takes}`;
}

/** `2+?`: two are known to be, others may be. */
export function securityCell({ pending, securityKnown }: OsSample): string {
  const known = (pending ?? []).filter(({ security }) => security).length;
  return securityKnown ? String(known) : known > 0 ? `${known}+?` : UNKNOWN;
}

function restartCell({ kernel, restarts }: OsSample): string {
  const reboot = kernel.rebootNeeded;
  const services = restarts === undefined ? undefined : restarts.length;
  if (reboot === false && services === 0) {
    return 'no';
  }
  const parts = [
    ...(reboot ? ['reboot'] : []),
    ...(reboot === undefined ? [`reboot ${UNKNOWN}`] : []),
    ...(services ? [count(services, 'service')] : []),
    ...(services === undefined ? [`services ${UNKNOWN}`] : []),
  ];
  return parts.join(', ');
}

/** `7 security updates on 2 of 6 hosts, 23 packages pending; 1 host needs a reboot; 1 not reached`. */
function summarize(plans: readonly PatchPlan[]): string {
  const samples = plans.flatMap(({ sample }) => sample ?? []);
  const unsure = plans.filter(({ sample, failure }) => !failure && !sample?.securityKnown).length;
  const failed = plans.filter(({ failure }) => failure).length;
  const reboots = samples.filter(({ kernel }) => kernel.rebootNeeded).length;
  return [
    describeCounts(samples, { hosts: plans.length, isComplete: unsure + failed === 0 }),
    ...(unsure > 0 ? [`security state ${UNKNOWN} on ${count(unsure, 'host')}`] : []),
    ...(reboots > 0 ? [count(reboots, 'host needs a reboot', 'hosts need a reboot')] : []),
    ...(failed > 0 ? [`${failed} not reached`] : []),
  ].join('; ');
}

/** Numbers that leave hosts out say so: none known is not none. */
function describeCounts(samples: readonly OsSample[], all: { hosts: number; isComplete: boolean }): string {
  const affected = samples.filter(({ pending }) => pending?.some(({ security }) => security)).length;
  const security = sum(samples, (sample) => sample.pending?.filter((update) => update.security).length ?? 0);
  const pending = sum(samples, (sample) => sample.pending?.length ?? 0);
  const atLeast = all.isComplete ? '' : 'at least ';
  const words =
    security > 0
      ? `${atLeast}${count(security, 'security update')} on ${affected} of ${count(all.hosts, 'host')}`
      : `no security updates${all.isComplete ? '' : ' known'}`;
  return `${words}, ${atLeast}${count(pending, 'package')} pending`;
}

function sum(samples: readonly OsSample[], of: (sample: OsSample) => number): number {
  return samples.reduce((total, sample) => total + of(sample), 0);
}
