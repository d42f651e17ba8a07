import type { NoticeRule } from '../../domain/receivers.ts';
import type { Alert, AlertGroup, GroupChange, Severity } from '../alerts/alert.ts';
import type { Mail } from './delivery.ts';

/** `changed`: hosts came or went, and it got no worse. Only programs hear of that, and people when Slack is late. */
export type NoticeStep = 'begin' | 'worse' | 'changed' | 'end';

export interface NoticeFacts {
  readonly step: NoticeStep;
  /** Without secrets in its texts. At the end without alerts. */
  readonly group: AlertGroup;
  /** Firing and not suppressed, worst first; at the end what has ended last. */
  readonly alerts: readonly Alert[];
  readonly change?: GroupChange | undefined;
  /** The worst of the alerts. */
  readonly severity: Severity;
  readonly now: Date;
  readonly customerName: string;
  readonly timeZone: string;
  readonly runbook?: string | undefined;
  /** Where it can be seen in Slack. */
  readonly slackLink?: string | undefined;
  /** Who is told by the rule, and why. `late`: because Slack has not confirmed the alert. */
  readonly rule: NoticeRule;
  readonly isLate: boolean;
}

/** How alerts are put into words outside Slack; made by `views/`. */
export interface NoticeWords {
  /** @param thread Name of the conversation that it belongs to. */
  mail(facts: NoticeFacts, thread: string): Mail;
  /** One line. */
  sms(facts: NoticeFacts): string;
  /** JSON in Alertmanager's format. */
  webhook(facts: NoticeFacts): unknown;
}
