import type { Migration } from 'kysely/migration';
import { up as foundation } from './0001-foundation.ts';
import { up as outbox } from './0002-outbox.ts';
import { up as changes } from './0003-changes.ts';
import { up as alerts } from './0004-alerts.ts';
import { up as reach } from './0005-reach.ts';
import { up as sampleHours } from './0006-sample-hours.ts';
import { up as access } from './0007-access.ts';

/** In the order of their names. What was released is never changed: a change is a new file. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-foundation': { up: foundation },
  '0002-outbox': { up: outbox },
  '0003-changes': { up: changes },
  '0004-alerts': { up: alerts },
  '0005-reach': { up: reach },
  '0006-sample-hours': { up: sampleHours },
  '0007-access': { up: access },
};
