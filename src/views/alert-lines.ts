import type { Signal } from '../domain/inventory.ts';
import { ownRunbook } from '../domain/own-runbook.ts';
import type { Alert, AlertGroup, Silence } from '../services/alerts/alert.ts';
import type { AlertGroupFacts } from '../services/alerts/ports.ts';
import { isSomewhere, placeOf } from './alert-headline.ts';
import { ENDED_ICON, inSeverity, SEVERITY_ICONS, SIGNAL_WORDS, SILENT_ICON } from './alert-signals.ts';
import { whyHeldBack } from './alert-suppression.ts';
import { slackDate } from './format-numbers.ts';
import { code, cut } from './mrkdwn.ts';
import { link, listHosts, personName, quoted, sentence } from './rollout-text.ts';

/** Whether names of our people and their words may be shown: not in channels shared with a customer. */
export interface Audience {
  readonly isOps: boolean;
}

const LONGEST_SUBJECT = 80;
/** One alert of a group that goes on. */
export function alertLine(alert: Alert, { signal }: Pick<AlertGroup, 'signal'>, audience: Audience): string {
  const { severity, state, since, firedAt = since, suppressed } = alert;
  const icon = suppressed === undefined ? SEVERITY_ICONS[severity] : SILENT_ICON;
  const well = state === 'clearing' ? ` · well since ${slackDate(since)}, ends when it stays so` : '';
  const why = suppressed === undefined ? '' : ` · nobody is told: ${sentence(whyHeldBack(suppressed, audience))}`;
  const source = sourceLink(alert);
  return `${icon} ${placeName(signal, alert)}${alertText(alert, audience)} · since ${slackDate(firedAt)}${source}${well}${why}`;
}

/** The name and a space; nothing for what is about no host. */
export function placeName(signal: Signal, alert: Pick<Alert, 'host' | 'subject'>): string {
  return isSomewhere(signal, alert.host) ? `${listHosts([placeOf(signal, alert)])} ` : '';
}

/** Where the customer's monitoring shows it. */
function sourceLink({ links }: Alert): string {
  return isHttps(links?.source) ? ` · ${link(links?.source, 'Source')}` : '';
}

function isHttps(url: string | undefined): boolean {
  return url?.startsWith('https://') === true;
}

/** A made-up one names who made it up. */
export function alertText({ severity, text, isTest }: Alert, { isOps }: Audience): string {
  if (isTest && !isOps) {
    return 'TEST: nothing is wrong';
  }
  return inSeverity(severity, sentence(text));
}

export function endedLine(signal: Signal, { host, subject, at }: AlertGroup['ended'][number]): string {
  const place = isSomewhere(signal, host)
    ? `~${listHosts([placeOf(signal, { host, subject })])}~`
    : 'One without a host';
  return `${ENDED_ICON} ${place}${subjectOf(signal, { host, subject })} ended ${slackDate(at)}`;
}

/** ` /var`; nothing where the name says it already, and no fingerprints. */
export function subjectOf(signal: Signal, { host, subject }: Pick<Alert, 'host' | 'subject'>): string {
  return SIGNAL_WORDS[signal].of === 'hop' || signal === 'external' || subject === '' || subject === host
    ? ''
    : ` ${code(cut(subject, LONGEST_SUBJECT))}`;
}

export function acknowledgedLine({ acknowledged }: AlertGroup, { isOps }: Audience): string | undefined {
  if (acknowledged === undefined) {
    return undefined;
  }
  const when = slackDate(acknowledged.at);
  return isOps
    ? `👀 Acknowledged by ${personName(acknowledged.by)} ${when}`
    : `👀 Acknowledged ${when}: our operations team works on it`;
}

export function silenceLine(silence: Silence, { isOps }: Audience): string {
  const { by, until, reason } = silence;
  const who = isOps ? ` by ${personName(by)}` : '';
  return `${SILENT_ICON} Silenced${who} until ${slackDate(until)}: ${silenceScope(silence)}${isOps ? `, ${quoted(reason)}` : ''}`;
}

/**
 * What the alert itself names goes before what the configuration says, which is for our people, who work by it. Not for a
 * made-up alert, of which nothing is to be done.
 */
export function runbookLine({ group, runbook, isOps }: AlertGroupFacts): string | undefined {
  const shown = ownRunbook(group.alerts) ?? (isOps ? runbook : undefined);
  return shown === undefined || group.isTest ? undefined : `📖 ${link(shown, 'Runbook')}`;
}

/** Whose it is, when it is not ours. */
export function ownerLine({ group, customerName, isOps }: AlertGroupFacts): string | undefined {
  if (group.owner !== 'customer') {
    return undefined;
  }
  const whose = `A service of ${sentence(customerName)}'s own`;
  return `👤 ${whose}${isOps ? ': told to the customer, and nobody of ours is called for it' : ''}`;
}

/** `disk on mi-2 of acme/prod`. */
export function silenceScope(silence: Omit<Silence, 'id' | 'by'> | Silence): string {
  const { customer, environment, host, signal, title } = silence;
  const noun = signal === undefined ? 'every alert' : SIGNAL_WORDS[signal].noun;
  const what = title === undefined ? noun : `${quoted(title)}, ${noun},`;
  return `${what} ${host === undefined ? 'of' : `on ${listHosts([host])} of`} ${sentence(`${customer}/${environment}`)}`;
}
