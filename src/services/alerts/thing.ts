import type { Alert } from './alert.ts';

/** What an alert and a reading are about. */
export type Thing = Pick<Alert, 'host' | 'signal' | 'subject' | 'title'>;

export function thingKey({ host, signal, subject, title }: Thing): string {
  return JSON.stringify([signal, host, subject, ...(title === undefined ? [] : [title])]);
}
