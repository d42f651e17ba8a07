import { createHash } from 'node:crypto';
import type { AuditEntry, AuditEvent } from '../../services/audit/ports.ts';

/** What the first row is chained to. */
export const GENESIS = '0'.repeat(64);

/** One row as it is stored. */
export interface AuditRow {
  readonly seq: number;
  readonly entry: string;
  readonly prev: string;
  readonly hash: string;
  readonly at: Date;
  readonly actor: string;
  readonly customer: string | null;
  readonly environment: string | null;
}

/** The end of the chain, which the next row hangs on. */
export interface ChainHead {
  readonly seq: number;
  readonly hash: string;
}

/** The row of an event behind the head. */
export function chain(head: ChainHead, at: Date, event: AuditEvent): AuditRow {
  const seq = head.seq + 1;
  const entry = JSON.stringify({ at, ...event });
  return { seq, entry, prev: head.hash, hash: hashOf(head.hash, seq, entry), at, ...columnsOf(event) };
}

/** What is wrong with a row that should follow the head; `undefined` when nothing is. */
export function findBreak(head: ChainHead, row: AuditRow): string | undefined {
  if (row.seq !== head.seq + 1) {
    return `row ${head.seq + 1} is missing; the next one there is ${row.seq}`;
  }
  if (row.prev !== head.hash) {
    return `row ${row.seq} does not hang on row ${head.seq}: one of them was replaced`;
  }
  if (hashOf(row.prev, row.seq, row.entry) !== row.hash) {
    return `row ${row.seq} was changed: its hash is of another text`;
  }
  return columnsDiffer(row) ? `row ${row.seq} was changed: its columns say something else than its text` : undefined;
}

export function toEntry({ seq, entry }: Pick<AuditRow, 'seq' | 'entry'>): AuditEntry {
  const { at, ...event } = JSON.parse(entry) as AuditEvent & { readonly at: string };
  return { ...event, seq, at: new Date(at) };
}

function hashOf(prev: string, seq: number, entry: string): string {
  return createHash('sha256').update(`${prev}\n${seq}\n${entry}`).digest('hex');
}

function columnsOf({ actor, customer, environment }: AuditEvent) {
  return { actor: storable(actor), customer: storable(customer) ?? null, environment: storable(environment) ?? null };
}

function columnsDiffer(row: AuditRow): boolean {
  const entry = parse(row);
  if (entry === undefined) {
    return true;
  }
  const { actor, customer, environment } = columnsOf(entry);
  return (
    row.actor !== actor ||
    row.customer !== customer ||
    row.environment !== environment ||
    row.at.getTime() !== entry.at.getTime()
  );
}

function parse(row: AuditRow): AuditEntry | undefined {
  try {
    return toEntry(row);
  } catch {
    return undefined;
  }
}

/** A column cannot hold NUL nor half a character, which a person can send; the entry's JSON can, escaped. */
function storable<T extends string | undefined>(text: T): T {
  return text?.replaceAll('\0', '\u{FFFD}').toWellFormed() as T;
}
