import type { Mail } from '../../services/deliveries/delivery.ts';
import type { NoticeFacts } from '../../services/deliveries/notice-ports.ts';
import { clean, cut } from '../mrkdwn.ts';
import { escapeHtml, htmlLink } from './escape-html.ts';
import { mailPage } from './mail-page.ts';
import { type NoticeHeadline, noticeHeadline } from './notice-headline.ts';
import { howToAcknowledge, type NoticeLine, noticeLines, whenLine, whyTold } from './notice-lines.ts';

/** A mail program shows fewer, and a header line must not be endless. */
const LONGEST_SUBJECT = 200;
const SHOWN_LINES = 50;

const COLORS = { CRITICAL: '#d92d20', WARNING: '#d97706', UNKNOWN: '#6b7280', RESOLVED: '#16803c' } as const;
const LINE_COLORS = { critical: '#d92d20', warning: '#d97706', unknown: '#6b7280', ended: '#16803c' } as const;
const BUTTON =
  'display:inline-block;margin:0 8px 8px 0;padding:10px 16px;border:1px solid currentColor;border-radius:8px';
const SMALL = 'margin:14px 0 0;font-size:13px;opacity:.75';

/** Read on a phone at night: what, where and since when first, then each alert, then what to do. */
export function alertMail(facts: NoticeFacts, thread: string): Mail {
  const headline = noticeHeadline(facts);
  const { label, ref, what } = headline;
  const subject = cut(`[msops ${clean(facts.group.id)}] ${label} ${ref}: ${what}`, LONGEST_SUBJECT);
  const lines = noticeLines(facts);
  const shown = lines.slice(0, SHOWN_LINES);
  const left = lines.length - shown.length;
  return {
    subject,
    text: plainText(facts, { headline, shown, left }),
    html: mailPage({ title: subject, body: htmlBody(facts, { headline, shown, left }) }),
    thread,
  };
}

interface Shown {
  readonly headline: NoticeHeadline;
  readonly shown: readonly NoticeLine[];
  readonly left: number;
}

function plainText(facts: NoticeFacts, { headline: { label, ref, what }, shown, left }: Shown): string {
  const { runbook, slackLink, group, customerName } = facts;
  const todo = [
    howToAcknowledge(facts) ?? [],
    slackLink === undefined ? [] : `In Slack: ${clean(slackLink)}`,
    runbook === undefined || group.isTest ? [] : `Runbook: ${clean(runbook)}`,
  ].flat();
  return [
    [`${label} ${ref}: ${what}`, whenLine(facts)],
    [...shown.map(plainLine), ...(left > 0 ? [`and ${left} more`] : [])],
    todo,
    ['-- ', whyTold(facts), `Incident ${clean(group.id)} · ${clean(customerName)} · msops`],
  ]
    .filter((part) => part.length > 0)
    .map((part) => part.join('\n'))
    .join('\n\n');
}

function plainLine({ severity, place, text, when, source }: NoticeLine): string {
  const from = source === undefined ? '' : `\n  ${clean(source)}`;
  return `* ${severity.toUpperCase()} ${place === '' ? '' : `${place}: `}${text}\n  ${when}${from}`;
}

function htmlBody(facts: NoticeFacts, { headline: { level, label, ref, what }, shown, left }: Shown): string {
  const { group, customerName } = facts;
  const acknowledge = howToAcknowledge(facts);
  return [
    `<div style="border-left:6px solid ${COLORS[level]};padding:2px 0 2px 12px">`,
    `<div style="font-size:14px;font-weight:700;letter-spacing:.04em">${label} · ${escapeHtml(ref)}</div>`,
    `<h1 style="margin:4px 0;font-size:20px;line-height:1.3">${escapeHtml(what)}</h1>`,
    `<div style="font-size:14px">${escapeHtml(whenLine(facts))}</div></div>`,
    ...shown.map(htmlLine),
    left > 0 ? `<p style="margin:12px 0 0">and ${left} more</p>` : '',
    buttons(facts),
    acknowledge === undefined ? '' : `<p style="margin:14px 0 0">${escapeHtml(acknowledge)}</p>`,
    `<p style="${SMALL}">${escapeHtml(whyTold(facts))}<br>`,
    `Incident ${escapeHtml(group.id)} · ${escapeHtml(customerName)} · msops</p>`,
  ]
    .filter((part) => part !== '')
    .join('\n');
}

function htmlLine({ severity, place, text, when, source }: NoticeLine): string {
  const mark = `<span style="color:${LINE_COLORS[severity]};font-weight:700">${severity}</span>`;
  const where = place === '' ? '' : `<strong>${escapeHtml(place)}</strong> · `;
  const from = source === undefined ? '' : ` · ${htmlLink(source, 'where it was found')}`;
  return `<div style="margin:12px 0 0;padding:10px 12px;border:1px solid rgba(128,128,128,.4);border-radius:8px;overflow-wrap:anywhere">${where}${mark}<br>${escapeHtml(text)}<br><span style="font-size:13px;opacity:.75">${escapeHtml(when)}${from}</span></div>`;
}

function buttons({ slackLink, runbook, group }: NoticeFacts): string {
  const links = [
    slackLink === undefined ? [] : htmlLink(slackLink, 'Open in Slack', BUTTON),
    runbook === undefined || group.isTest ? [] : htmlLink(runbook, 'Runbook', BUTTON),
  ].flat();
  return links.length > 0 ? `<p style="margin:16px 0 0">${links.join('')}</p>` : '';
}
