import { clean } from './mrkdwn.ts';

/** One line from a host or a person as it is shown; its percent signs stay with their numbers. */
export function plain(text: string): string {
  return clean(text).replaceAll(/(\d) %/g, '$1\u00a0%');
}
