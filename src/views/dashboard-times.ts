import { html } from 'hono/html';
import type { Html } from './dashboard-layout.ts';
import { formatAge } from './format-numbers.ts';

/** `Mar 1, 04:00`, in the time zone of the environment. */
export function moment(at: Date, timeZone: string): Html {
  const words = new Intl.DateTimeFormat('en-US', {
    timeZone,
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at);
  return html`<time datetime="${at.toISOString()}">${words}</time>`;
}

/** `04:00:12`, for what has just happened. */
export function clockTime(at: Date, timeZone: string): string {
  const format = { timeZone, hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;
  return new Intl.DateTimeFormat('en-US', format).format(at);
}

export function age(since: Date, now: Date): Html {
  return html`<time datetime="${since.toISOString()}">${formatAge(since, now)}</time>`;
}
