import { describe, expect, it } from 'vitest';
import { STARTING_HOLDS } from '../../../../src/config/starting-holds.ts';
import { findMissing } from '../../../../src/services/monitoring/find-missing.ts';
import { NOW } from '../../../support/builders.ts';
import { anEnvironment } from '../../../support/world.ts';

const EVERY_MS = 15_000;
const MONITORING = { everyMs: EVERY_MS, tellCustomer: false, holds: STARTING_HOLDS, runbooks: {}, notices: [] };
const WATCHED = { ...anEnvironment('acme', 'prod', ['apim-1', 'mi-1']), monitoring: MONITORING };

describe('findMissing', () => {
  const now = NOW.getTime();
  const since = new Map([
    ['apim-1', now - 100 * EVERY_MS],
    ['mi-1', now - 100 * EVERY_MS],
  ]);

  it('names those that gave no report for more than three intervals, in the time of the environment', () => {
    const reported = new Map([
      ['apim-1', now - 3 * EVERY_MS],
      ['mi-1', now - 3 * EVERY_MS - 1],
    ]);
    const environment = { ...WATCHED, timeZone: 'Asia/Kolkata' };
    expect(findMissing(environment, { since, reported }, now)).toEqual([
      { host: 'mi-1', text: 'not checked since 08:29' },
    ]);
  });

  it('puts no time into words for those that are not missed', () => {
    const reported = new Map([...since.keys()].map((host) => [host, now]));
    expect(findMissing({ ...WATCHED, timeZone: 'No/Where' }, { since, reported }, now)).toEqual([]);
  });
});
