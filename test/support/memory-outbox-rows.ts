import type { OutboxRow, OutboxRows, OutgoingMessage, Settlement } from '../../src/services/notifications/ports.ts';

interface Row {
  outgoing: OutgoingMessage;
  wanted: number;
  sent: number;
  claimed: boolean;
  attempts: number;
  posted?: OutboxRow['posted'];
  failed?: string;
}

export interface MemoryOutboxRows extends OutboxRows {
  readonly settled: readonly { key: string; settlement: Settlement }[];
  /** Lets a retry become due at once: there is no clock here. */
  readonly rows: ReadonlyMap<string, Row>;
}

/** The rows of the outbox without a database: no pacing, retries are due at once. */
export function createMemoryOutboxRows(): MemoryOutboxRows {
  const rows = new Map<string, Row>();
  const settled: { key: string; settlement: Settlement }[] = [];

  /** The same as in PostgreSQL, but that a parent which was never put is waited for without end. */
  function threadOf({ outgoing: { to }, posted }: Row): { isDue: boolean; ts?: string; lost?: string } {
    if (to.kind !== 'channel' || to.threadOf === undefined || posted !== undefined) {
      return { isDue: true };
    }
    const parent = rows.get(to.threadOf);
    if (parent?.posted) {
      return { isDue: true, ts: parent.posted.ts };
    }
    return parent?.failed
      ? { isDue: true, lost: 'the message whose thread it belongs in could not be posted' }
      : { isDue: false };
  }

  function claim(limit: number): OutboxRow[] {
    const due = [...rows.values()]
      .filter((row) => row.wanted > row.sent && !row.claimed && !row.failed && threadOf(row).isDue)
      .slice(0, limit);
    return due.map((row) => {
      row.claimed = true;
      row.attempts += 1;
      const { wanted: version, attempts, posted, outgoing } = row;
      const { ts: threadTs, lost } = threadOf(row);
      const to = threadTs === undefined ? outgoing.to : { ...outgoing.to, threadTs };
      return { ...outgoing, to, lane: 'lane', version, attempts, posted, lost };
    });
  }

  return {
    rows,
    settled,
    async put(outgoing) {
      const known = rows.get(outgoing.key);
      if (known) {
        known.outgoing = { ...outgoing, to: known.outgoing.to };
        known.wanted += 1;
      } else {
        rows.set(outgoing.key, { outgoing, wanted: 1, sent: 0, claimed: false, attempts: 0 });
      }
    },
    async claimDue(limit) {
      const claimed = claim(limit);
      return { rows: claimed, pending: [...rows.values()].filter((row) => row.wanted > row.sent).length };
    },
    async takePostingSlot() {
      return true;
    },
    async whereIs(key) {
      return rows.get(key)?.posted;
    },
    async settle({ key, version }, settlement) {
      settled.push({ key, settlement });
      const row = rows.get(key)!;
      row.claimed = false;
      if (settlement.kind === 'sent') {
        row.sent = Math.max(row.sent, version);
        row.attempts = 0;
        row.posted ??= settlement.posted;
      } else if (settlement.kind === 'failed') {
        row.failed = settlement.error;
      }
    },
  };
}
