import type { MessageState, MessageStates } from '../../services/notifications/ports.ts';
import type { Store } from './open-store.ts';

/** An edit is on its way for so long at most, when Slack takes edits at all. */
const MOVING_SECONDS = 15;

const STATES = `
  select key, posted_ts, failed_at is not null as is_failed, wanted_version > sent_version as is_unsent,
         updated_at > now() - make_interval(secs => ${MOVING_SECONDS}) as is_moving
  from outbox where key = any($1)`;

interface StateRow {
  readonly key: string;
  readonly posted_ts: string | null;
  readonly is_failed: boolean;
  readonly is_unsent: boolean;
  readonly is_moving: boolean;
}

export function createMessageStates({ pool }: Pick<Store, 'pool'>): MessageStates {
  return {
    async statesOf(keys) {
      if (keys.length === 0) {
        return new Map();
      }
      const { rows } = await pool.query<StateRow>(STATES, [[...keys]]);
      return new Map(rows.map((row) => [row.key, { kind: kindOf(row), postedAt: postedAt(row) }]));
    },
  };
}

function kindOf({ posted_ts, is_failed, is_unsent, is_moving }: StateRow): MessageState['kind'] {
  if (is_failed) {
    return 'failed';
  }
  if (!is_unsent) {
    return 'confirmed';
  }
  return posted_ts !== null && is_moving ? 'under_way' : 'waiting';
}

/** Slack's `ts` is the moment of the post, in seconds. */
function postedAt({ posted_ts }: StateRow): Date | undefined {
  const seconds = Number(posted_ts ?? Number.NaN);
  return Number.isFinite(seconds) ? new Date(seconds * 1000) : undefined;
}
