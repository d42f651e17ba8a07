import type { RolloutWords } from '../services/rollouts/ports.ts';
import { rolloutCard } from './rollout-card.ts';
import { rolloutHostEnded } from './rollout-host-ended.ts';
import { rolloutSummary } from './rollout-summary.ts';

/** What the rollout service says in Slack. */
export const rolloutWords: RolloutWords = { card: rolloutCard, hostEnded: rolloutHostEnded, summary: rolloutSummary };
