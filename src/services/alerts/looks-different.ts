import type { AlertGroup } from './alert.ts';

/** Whether the message of a group has to be drawn anew at once. */
export function looksDifferent(one: AlertGroup, other: AlertGroup): boolean {
  return outlineOf(one) !== outlineOf(other);
}

export function textsDiffer(one: AlertGroup, other: AlertGroup): boolean {
  return textsOf(one) !== textsOf(other);
}

function outlineOf({ alerts, ended, acknowledged, endedAt }: AlertGroup): string {
  const outlines = alerts.map(({ host, subject, state, severity, suppressed }) => [
    ...[host, subject, state, severity, suppressed],
  ]);
  return JSON.stringify([outlines, ended, acknowledged, endedAt]);
}

function textsOf({ alerts }: AlertGroup): string {
  return JSON.stringify(alerts.map(({ text }) => text));
}
