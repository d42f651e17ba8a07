import type { Migration } from 'kysely/migration';
import * as foundation from './0001-foundation.ts';
import * as outbox from './0002-outbox.ts';

/** In the order of their names. What was released is never changed: a change is a new file. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-foundation': foundation,
  '0002-outbox': outbox,
};
