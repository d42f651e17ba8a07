import { html } from 'hono/html';
import type { Level } from '../domain/host-report.ts';
import type { Html } from './dashboard-layout.ts';

/** What a mark can say beside the levels of a host: something that is over, goes on, waits, or is told to nobody. */
export type Mark = Level | 'over' | 'active' | 'waiting' | 'silent';

const CIRCLE = 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Z';
const TRIANGLE = 'M8 1.6 15 14.4H1Z';
const OCTAGON = 'M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1Z';
const CHECK = 'M4.8 8.3 7 10.5 11.3 5.8';
const BANG = 'M8 4.6V8.8M8 11.4v.1';

/** Outline and what is drawn in it, in a square of 16. Told apart by shape too, not by color alone. */
const SHAPES: Record<Mark, readonly [outline: string, glyph: string]> = {
  ok: [CIRCLE, CHECK],
  over: [CIRCLE, CHECK],
  warning: [TRIANGLE, 'M8 6.4V9.6M8 12v.1'],
  critical: [OCTAGON, BANG],
  unreachable: [CIRCLE, 'M4.8 8h6.4'],
  unknown: [CIRCLE, 'M6 6.2a2 2 0 1 1 3 1.7c-.7.4-1 .7-1 1.3M8 11.6v.1'],
  active: [CIRCLE, 'M6.5 5.2 11 8l-4.5 2.8Z'],
  waiting: [CIRCLE, 'M8 4.4V8l2.3 1.6'],
  silent: [CIRCLE, 'M6.3 5.4v5.2M9.7 5.4v5.2'],
};

/** A shape in its color; the words beside it say what it means. */
export function mark(kind: Mark): Html {
  const [outline, glyph] = SHAPES[kind];
  return html`<svg class="mark is-${kind}" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d="${outline}"/><path class="glyph" d="${glyph}"/></svg>`;
}

/** Shape and word. */
export function badge(kind: Mark, words: string): Html {
  return html`<span class="badge is-${kind}">${mark(kind)}<span>${words}</span></span>`;
}

export const LEVEL_WORDS: Record<Level, string> = {
  ok: 'healthy',
  warning: 'warning',
  critical: 'critical',
  unknown: 'unknown',
  unreachable: 'not reached',
};
