import { html } from 'hono/html';
import type { Rollout, RolloutState } from '../services/rollouts/rollout.ts';
import type { Html } from './dashboard-layout.ts';
import { badge, type Mark } from './dashboard-levels.ts';
import { moment } from './dashboard-times.ts';
import { clean } from './mrkdwn.ts';
import { isTakenBack, stateInWords } from './rollout-state.ts';

const SHOWN = 30;

const MARKS: Record<RolloutState, Mark> = {
  awaiting_approval: 'waiting',
  waiting: 'waiting',
  running: 'active',
  paused: 'silent',
  succeeded: 'over',
  failed: 'critical',
  aborted: 'unreachable',
  rejected: 'unreachable',
  expired: 'unreachable',
};

/** @param rollouts newest first. */
export function rolloutTable(rollouts: readonly Rollout[], timeZone: string): Html {
  const shown = rollouts.slice(0, SHOWN);
  const content =
    shown.length === 0
      ? html`<p class="quiet">There were no rollouts here.</p>`
      : html`<table class="list">
<thead><tr><th scope="col">Asked for</th><th scope="col">What</th><th scope="col">By</th><th scope="col">State</th></tr></thead>
<tbody>${shown.map((rollout) => rolloutRow(rollout, timeZone))}</tbody></table>`;
  return html`<div data-live="rollouts">${content}</div>`;
}

function rolloutRow(rollout: Rollout, timeZone: string): Html {
  const { id, plan, requester, state, createdAt, note } = rollout;
  const why = note === undefined || isTakenBack(rollout) ? '' : html`<p class="quiet">${clean(note)}</p>`;
  return html`<tr><td data-title="Asked for">${moment(createdAt, timeZone)}</td>
<td data-title="What"><p>${clean(plan.title)}</p><p class="quiet"><code>${id}</code></p></td>
<td data-title="By">${clean(requester.name)}</td>
<td data-title="State">${badge(MARKS[state], stateInWords(rollout))}${why}</td></tr>`;
}
