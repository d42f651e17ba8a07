import type { Logger } from '../../domain/logger.ts';
import { mapTexts } from '../../domain/map-texts.ts';
import { scrubSecrets } from '../../domain/scrub.ts';
import { decideSettlement } from './decide-settlement.ts';
import { createMessageLinks } from './message-links.ts';
import {
  DeliveryFailure,
  type MessageLinks,
  type MessagePoster,
  type Outbox,
  type OutboxRow,
  type OutboxRows,
  type OutgoingMessage,
  type Settlement,
} from './ports.ts';

/** Slack: one message a second in a channel; short bursts above it are tolerated, we do not count on it. */
const POST_SPACING_MS = 1_000;
/** The first edit follows soon (an answer should not wait), later ones keep chat.update within its tier. */
const FIRST_EDIT_IN_MS = 150;
const NEXT_EDIT_IN_MS = 1_200;
const MAX_IN_FLIGHT = 50;

export interface OutboxDeps {
  readonly rows: OutboxRows;
  readonly poster: MessagePoster;
  readonly logger: Logger;
}

export interface OutboxDispatcher extends Outbox, MessageLinks {
  /** Sends what is due; resolves with how many rows are still unsent. Called after each put and by a timer. */
  dispatch(): Promise<number>;
  /** Resolves when nothing is being sent by this replica. */
  idle(): Promise<void>;
}

/** Every write to Slack passes here: without secrets, saved first, one writer a message, paced, newest version only. */
export function createOutbox(deps: OutboxDeps): OutboxDispatcher {
  const { rows, logger } = deps;
  // Sends are not awaited by the loop: a slow answer for one channel must not hold up another.
  const inFlight = new Set<Promise<void>>();
  let claiming: Promise<number> | undefined;
  let again = false;

  function start(row: OutboxRow): void {
    const sending = deliver(row, deps)
      .catch((error: unknown) => logger.error('Outbox send failed', { key: row.key, error }))
      .finally(() => {
        inFlight.delete(sending);
        dispatchQuietly();
      });
    inFlight.add(sending);
  }

  async function claimDue(): Promise<number> {
    let pending = 0;
    while (again) {
      again = false;
      const due = await rows.claimDue(MAX_IN_FLIGHT - inFlight.size);
      due.rows.forEach(start);
      pending = due.pending;
    }
    return pending;
  }

  function dispatch(): Promise<number> {
    again = true;
    claiming ??= claimDue().finally(() => {
      claiming = undefined;
    });
    return claiming;
  }

  function dispatchQuietly(): void {
    dispatch().catch((error: unknown) => logger.error('Outbox dispatch failed', { error }));
  }

  return {
    async put(outgoing) {
      await rows.put({ ...outgoing, message: mapTexts(outgoing.message, scrubSecrets) });
      dispatchQuietly();
    },
    ...createMessageLinks(deps),
    dispatch,
    async idle() {
      while (claiming !== undefined || inFlight.size > 0) {
        await Promise.allSettled([claiming, ...inFlight]);
      }
    },
  };
}

async function deliver(row: OutboxRow, deps: OutboxDeps): Promise<void> {
  const { rows, logger } = deps;
  const isPost = row.posted === undefined;
  if (isPost && row.lost === undefined && !(await rows.takePostingSlot(row.lane, POST_SPACING_MS))) {
    await rows.settle(row, { kind: 'retry', inMs: POST_SPACING_MS, pauseLane: false, error: 'lane is busy' });
    return;
  }
  const settlement: Settlement = row.lost === undefined ? await send(row, deps) : { kind: 'failed', error: row.lost };
  if (settlement.kind !== 'sent') {
    logger.warn('Message not delivered', { key: row.key, lane: row.lane, settlement });
  }
  await rows.settle(row, settlement);
}

async function send(row: OutboxRow, deps: OutboxDeps): Promise<Settlement> {
  try {
    return await sendOnce(row, deps.poster);
  } catch (error) {
    if (error instanceof DeliveryFailure && error.kind === 'blocks_refused') {
      // Our blocks broke one of Slack's rules: the words still have to arrive.
      return sendAgain({ ...row, message: { text: row.message.text } }, deps);
    }
    if (error instanceof DeliveryFailure && error.kind === 'not_allowed_there') {
      await tellByFallback(row, deps);
    }
    return decideSettlement(error, row.attempts);
  }
}

async function sendAgain(row: OutboxRow, deps: OutboxDeps): Promise<Settlement> {
  deps.logger.error('Slack refused the blocks of a message; sent its text alone', { key: row.key });
  return sendOnce(row, deps.poster).catch((error: unknown) => decideSettlement(error, row.attempts));
}

async function sendOnce(row: OutgoingMessage & Pick<OutboxRow, 'posted'>, poster: MessagePoster): Promise<Settlement> {
  if (row.posted === undefined) {
    return { kind: 'sent', posted: await poster.post(row.to, row.message), nextEditInMs: FIRST_EDIT_IN_MS };
  }
  await poster.edit(row.posted, row.message);
  return { kind: 'sent', posted: row.posted, nextEditInMs: NEXT_EDIT_IN_MS };
}

/** A bot that may not post in the channel can still tell the person who asked. */
async function tellByFallback(row: OutboxRow, { poster, logger }: OutboxDeps): Promise<void> {
  if (row.to.kind !== 'channel' || row.to.fallbackResponseUrl === undefined) {
    return;
  }
  const text = ':x: I may not post in this channel. Invite me with `/invite @msops` and ask again.';
  const to = { kind: 'response_url', responseUrl: row.to.fallbackResponseUrl } as const;
  await poster.post(to, { text }).catch((error: unknown) => logger.warn('Fallback failed', { key: row.key, error }));
}
