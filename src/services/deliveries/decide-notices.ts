import type { NoticeRule } from '../../domain/receivers.ts';
import { shortId } from '../../domain/short-id.ts';
import type { AlertGroup } from '../alerts/alert.ts';
import type { NoticeOccasion } from './notice-step.ts';
import type { DeliveryRecord } from './ports.ts';

/** One delivery to be made. */
export interface Notice {
  readonly key: string;
  /** With those of its addressees whom no other notice of this step tells. */
  readonly rule: NoticeRule;
  /** Only if Slack has not confirmed the alert in time. */
  readonly isLate: boolean;
  /** Keys of deliveries that told them of it: none may still wait, and one must have been sent. */
  readonly after?: readonly string[] | undefined;
  /** Names the conversation of its mails. */
  readonly thread: string;
}

export interface NoticeQuestion {
  readonly group: Pick<AlertGroup, 'id' | 'owner' | 'isTest' | 'signal'>;
  readonly occasion: NoticeOccasion;
  readonly rules: readonly NoticeRule[];
  /** What was put for the group before. */
  readonly records: readonly DeliveryRecord[];
}

/** Who is told of a step of a group outside Slack: at once, or when Slack is late. */
export function decideNotices(question: NoticeQuestion): readonly Notice[] {
  const { group, occasion, rules, records } = question;
  if (occasion.step === 'end') {
    return endings(group, records);
  }
  const own = rules.flatMap(onePerWebhook).filter(({ owner }) => owner === (group.owner ?? 'operations'));
  const taken = new Set<string>();
  const notice = (rule: NoticeRule, isLate: boolean): readonly Notice[] => {
    const to = rule.to.filter((address) => !taken.has(`${rule.kind} ${address}`));
    for (const address of to) {
      taken.add(`${rule.kind} ${address}`);
    }
    const [key, thread] = [keyOf(group, occasion.name, ruleId(rule)), keyOf(group, 'begin', ruleId(rule))];
    return to.length > 0 ? [{ key, rule: { ...rule, to }, isLate, thread }] : [];
  };
  return [
    ...own.filter((rule) => isTold(rule, question)).flatMap((rule) => notice(rule, false)),
    ...own.filter((rule) => isToldLate(rule, question)).flatMap((rule) => notice(rule, true)),
  ];
}

/** A delivery goes to one webhook. */
function onePerWebhook(rule: NoticeRule): readonly NoticeRule[] {
  return rule.kind === 'webhook' ? rule.to.map((name) => ({ ...rule, to: [name] })) : [rule];
}

function isTold(rule: NoticeRule, { group, occasion }: NoticeQuestion): boolean {
  const isOfStep = occasion.step !== 'changed' || rule.kind === 'webhook';
  return isOfStep && rule.when === 'always' && (group.isTest === true || concerns(rule, { group, occasion }));
}

/** When Slack is late, every mail and every phone counts; a program hears what it asked for. */
function isToldLate(rule: NoticeRule, { group, occasion, ...rest }: NoticeQuestion): boolean {
  const asked = rule.kind !== 'webhook' || concerns(rule, { group, occasion });
  const isOnce = !isTold(rule, { group, occasion, ...rest });
  return occasion.hasNews && isOnce && asked && (rule.when === 'slack_late' || rule.kind !== 'webhook');
}

function concerns(
  { severities, signals }: NoticeRule,
  { group, occasion }: Pick<NoticeQuestion, 'group' | 'occasion'>,
): boolean {
  return severities.includes(occasion.severity) && (signals === undefined || signals.includes(group.signal));
}

/** To those who were told, or still will be; also when the configuration has forgotten them since. */
function endings(group: NoticeQuestion['group'], records: readonly DeliveryRecord[]): readonly Notice[] {
  const begun = records.filter(({ state, delivery: { key } }) => {
    return (state === 'sent' || state === 'waiting') && key.startsWith(`alert:${group.id}:`) && !isEnd(key);
  });
  const byRule = Map.groupBy(begun, ({ delivery: { key } }) => lastPart(key));
  return [...byRule].map(([id, told]) => ({
    ...{ key: keyOf(group, 'end', id), thread: keyOf(group, 'begin', id), isLate: false },
    after: told.map(({ delivery }) => delivery.key),
    rule: addresseesOf(told, group.owner ?? 'operations'),
  }));
}

function addresseesOf(told: readonly DeliveryRecord[], owner: NoticeRule['owner']): NoticeRule {
  const contents = told.map(({ delivery }) => delivery.content);
  const to = contents.flatMap((content) => (content.kind === 'webhook' ? [content.webhook] : content.to));
  return { kind: contents[0]?.kind ?? 'email', to: [...new Set(to)], severities: [], when: 'always', owner };
}

function isEnd(key: string): boolean {
  return key.split(':').at(-2) === 'end';
}

function lastPart(key: string): string {
  return key.split(':').at(-1) ?? '';
}

function keyOf({ id }: Pick<AlertGroup, 'id'>, step: string, rule: string): string {
  return `alert:${id}:${step}:${rule}`;
}

/** The same rule later has the same, whatever stands before it in the configuration. */
function ruleId({ kind, to, severities, signals, when, owner }: NoticeRule): string {
  return shortId(JSON.stringify([kind, to, severities, signals ?? [], when, owner]));
}
