import type { Pool } from 'pg';
import type { Message } from '../../domain/message.ts';
import type {
  MessageAddress,
  OutboxRow,
  OutboxRows,
  OutgoingMessage,
  PostedMessage,
  Settlement,
} from '../../services/notifications/ports.ts';

/** For whoever saves a message and the one above it at the same time. */
const PARENT_MISSING_SECONDS = 60;

/** Why a message can never be posted into the thread of its parent, or null. */
const LOST = `
  case
    when parent.key is null and o.created_at <= now() - make_interval(secs => ${PARENT_MISSING_SECONDS})
      then 'the message whose thread it belongs in was never saved, or is removed already'
    when parent.failed_at is not null and parent.posted_ts is null
      then 'the message whose thread it belongs in could not be posted'
    when parent.address ->> 'kind' in ('response_url', 'ephemeral')
      then 'the message whose thread it belongs in is shown to one person only, and such a message has no thread'
    when o.lane not in (parent.lane, coalesce(parent.posted_channel, o.lane))
      then 'the message whose thread it belongs in is in another channel'
  end`;

/** A replica that dies while sending frees its claims after this long. */
const CLAIM_SECONDS = 30;

interface PostedColumns {
  readonly posted_channel: string | null;
  readonly posted_ts: string | null;
}

interface SqlRow extends PostedColumns {
  readonly key: string;
  readonly lane: string;
  readonly address: MessageAddress;
  readonly message: Message;
  readonly wanted_version: number;
  readonly attempts: number;
  readonly thread_ts: string | null;
  readonly lost: string | null;
}

/**
 * First posts wait for their lane's slot and for the post before them; edits only for a lane that Slack has paused.
 * What belongs into a thread (`parent`) is no candidate before that is there, so others go before it; when it never
 * will be, the row comes out as lost. A thread is read as a story: in it, nothing passes what waits for its next try.
 * The update checks the claim again, so of two replicas that picked the same row one gets it.
 */
const CLAIM = `
  with candidate as (
    select o.key, o.posted_ts is null as is_post, parent.posted_ts as thread_ts, fate.lost,
           row_number() over (partition by o.lane, o.posted_ts is null order by o.created_at, o.key) as position
    from outbox o
    left join outbox_lanes l on l.lane = o.lane
    left join outbox parent on parent.key = o.address ->> 'threadOf'
    cross join lateral (select case when o.posted_ts is null and o.address ->> 'threadOf' is not null then ${LOST} end as lost) fate
    where o.wanted_version > o.sent_version and o.failed_at is null and o.next_at <= now()
      and (o.claimed_until is null or o.claimed_until <= now())
      and (l.lane is null or l.paused_until <= now())
      and (o.posted_ts is not null or (
        (l.lane is null or l.next_post_at <= now())
        and (o.address ->> 'threadOf' is null or parent.posted_ts is not null or fate.lost is not null)
        and not exists (
          select 1 from outbox b
          where b.lane = o.lane and b.posted_ts is null and b.claimed_until > now()
            and b.wanted_version > b.sent_version and b.failed_at is null)
        and not exists (
          select 1 from outbox earlier
          where earlier.lane = o.lane and earlier.address ->> 'threadOf' = o.address ->> 'threadOf'
            and earlier.posted_ts is null and earlier.wanted_version > earlier.sent_version and earlier.failed_at is null
            and (earlier.created_at, earlier.key) < (o.created_at, o.key))))
  ), picked as (
    select key, thread_ts, lost from candidate where not is_post or position = 1 order by key limit $1
  )
  update outbox o
  set claimed_until = now() + make_interval(secs => ${CLAIM_SECONDS}), attempts = o.attempts + 1
  from picked
  where o.key = picked.key and (o.claimed_until is null or o.claimed_until <= now())
    and o.wanted_version > o.sent_version
  returning o.key, o.lane, o.address, o.message, o.wanted_version, o.attempts, o.posted_channel, o.posted_ts,
    picked.thread_ts, picked.lost`;

const PENDING = `select count(*)::int as pending from outbox where wanted_version > sent_version and failed_at is null`;

/** A message that is there gets a new try by each new version; one that could not be posted is given up. */
const PUT = `
  insert into outbox (key, lane, address, message) values ($1, $2, $3, $4)
  on conflict (key) do update
  set message = excluded.message, wanted_version = outbox.wanted_version + 1,
      attempts = case when outbox.failed_at is null then outbox.attempts else 0 end,
      failed_at = case when outbox.posted_ts is null then outbox.failed_at end
  where not (outbox.address ->> 'kind' in ('response_url', 'ephemeral'))`;

const TAKE_SLOT = `
  insert into outbox_lanes (lane, next_post_at) values ($1, now() + $2 * interval '1 millisecond')
  on conflict (lane) do update set next_post_at = excluded.next_post_at
  where outbox_lanes.next_post_at <= now()
  returning lane`;

const PAUSE_LANE = `
  insert into outbox_lanes (lane, paused_until) values ($1, now() + $2 * interval '1 millisecond')
  on conflict (lane) do update set paused_until = excluded.paused_until`;

const SENT = `
  update outbox
  set sent_version = greatest(sent_version, $2), posted_channel = coalesce(posted_channel, $3),
      posted_ts = coalesce(posted_ts, $4), next_at = now() + $5 * interval '1 millisecond',
      claimed_until = null, attempts = 0, updated_at = now()
  where key = $1`;

const RETRY = `
  update outbox set next_at = now() + $2 * interval '1 millisecond', claimed_until = null, error = $3 where key = $1`;

/** Not for a newer version that was put meanwhile. */
const FAILED = `
  update outbox
  set failed_at = case when posted_ts is null or wanted_version = $3 then now() end, claimed_until = null, error = $2
  where key = $1`;

/** The rows of the outbox in PostgreSQL. All times are the database's. */
export function createOutboxRows(pool: Pool): OutboxRows {
  return {
    async put({ key, to, message }: OutgoingMessage) {
      await pool.query(PUT, [key, laneOf(key, to), JSON.stringify(to), JSON.stringify(message)]);
    },
    async claimDue(limit) {
      const { rows } = await pool.query<SqlRow>(CLAIM, [Math.max(0, limit)]);
      const counted = await pool.query<{ pending: number }>(PENDING);
      return { rows: rows.map(toRow), pending: counted.rows[0]?.pending ?? 0 };
    },
    async takePostingSlot(lane, spacingMs) {
      const { rowCount } = await pool.query(TAKE_SLOT, [lane, spacingMs]);
      return rowCount === 1;
    },
    settle: (row, settlement) => settle(pool, row, settlement),
    async whereIs(key) {
      const { rows } = await pool.query<PostedColumns>('select posted_channel, posted_ts from outbox where key = $1', [
        key,
      ]);
      return rows[0] === undefined ? undefined : toPosted(rows[0]);
    },
  };
}

async function settle(pool: Pool, { key, lane, version }: OutboxRow, settlement: Settlement): Promise<void> {
  if (settlement.kind === 'sent') {
    const { posted, nextEditInMs } = settlement;
    await pool.query(SENT, [key, version, posted?.channelId, posted?.ts, nextEditInMs]);
    return;
  }
  if (settlement.kind === 'failed') {
    await pool.query(FAILED, [key, settlement.error, version]);
    return;
  }
  await pool.query(RETRY, [key, settlement.inMs, settlement.error]);
  if (settlement.pauseLane) {
    await pool.query(PAUSE_LANE, [lane, settlement.inMs]);
  }
}

/** Slack paces what is posted into a channel. What one person alone sees has no pace, so it gets a lane of its own. */
function laneOf(key: string, to: MessageAddress): string {
  switch (to.kind) {
    case 'channel':
      return to.channelId;
    case 'direct':
      return to.userId;
    case 'ephemeral':
    case 'response_url':
      return key;
  }
}

function toRow(row: SqlRow): OutboxRow {
  const { key, lane, address, message, wanted_version: version, attempts, thread_ts: threadTs } = row;
  const to = address.kind === 'channel' && threadTs !== null ? { ...address, threadTs } : address;
  return { key, to, lane, message, version, attempts, posted: toPosted(row), lost: row.lost ?? undefined };
}

function toPosted({ posted_channel: channelId, posted_ts: ts }: PostedColumns): PostedMessage | undefined {
  return channelId === null || ts === null ? undefined : { channelId, ts };
}
