import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/domain/errors.ts';
import type { Message } from '../../../src/domain/message.ts';
import { ACTIONS } from '../../../src/handlers/actions.ts';
import { askerOfCommand } from '../../../src/handlers/asker.ts';
import { COMMANDS } from '../../../src/handlers/commands.ts';
import type { HandlerDeps } from '../../../src/handlers/deps.ts';
import { createActionRunner } from '../../../src/handlers/run-action.ts';
import { createCommandRunner } from '../../../src/handlers/run-command-line.ts';
import type { AuditEvent, AuditFilter } from '../../../src/services/audit/ports.ts';
import { createInventoryService } from '../../../src/services/inventory/inventory-service.ts';
import { createFixedClock } from '../../support/fixed-clock.ts';
import { createRecordingLogger } from '../../support/recording-logger.ts';
import { typedLine } from '../../support/typed-text.ts';
import { aWorld } from '../../support/world.ts';

interface Chosen {
  readonly environment: { readonly customer: string };
  readonly hosts: readonly { readonly name: string }[];
}

const NOTHING_TO_DO = { title: 'Install packages', hosts: [], idle: [], problems: [], warnings: [] };

const refuse = async () => {
  throw new UserError('Not in this test.');
};

/** Everything below the handlers: what is checked is written down, nothing is run. */
function setUp() {
  const checked: string[] = [];
  const said: Message[] = [];
  const audit: AuditEvent[] = [];
  const logger = createRecordingLogger();
  const check = async ({ environment, hosts }: Chosen) => {
    checked.push(...hosts.map(({ name }) => `${environment.customer}/${name}`));
    return [];
  };
  const deps = {
    services: {
      inventory: createInventoryService({ config: aWorld }),
      hosts: { check, latest: async () => [] },
      patching: { plan: check, auto: check },
      products: { plan: check },
      rollouts: {
        find: async () => undefined,
        list: async () => [],
        request: async ({ selection }: { selection: Chosen }) => ({ ...(await check(selection)), ...NOTHING_TO_DO }),
        breakLock: refuse,
      },
      approvals: { find: async () => undefined, waitingFor: async () => [] },
      breakGlass: { open: refuse, find: async () => undefined, unreviewed: async () => [] },
      accessPaths: { connect: async () => [] },
      alerts: {
        ...{ open: async () => [], silences: async () => [], find: async () => undefined },
        ...{ test: async () => {}, silence: refuse, endSilence: refuse, acknowledge: refuse },
      },
      audit: {
        append: async (event: AuditEvent) => void audit.push(event),
        list: async ({ since }: AuditFilter) => [since?.toISOString()].slice(1),
      },
    },
    outbox: { put: async ({ message }: { message: Message }) => void said.push(message) },
    people: { teamOf: async () => undefined },
    home: { publish: async () => {} },
    clock: createFixedClock(),
    logger,
  } as unknown as HandlerDeps;
  return { deps, checked, said, audit, logger };
}

const HERE = { channel_id: 'C0ACMEOPS', response_url: 'http://slack/r' };
const ASKERS = {
  alice: { ...HERE, team_id: 'T0MERIDIAN', user_id: 'U0ALICE' },
  erin: { ...HERE, team_id: 'T0MERIDIAN', user_id: 'U0ERIN' },
  mallory: { ...HERE, team_id: 'T0MERIDIAN', user_id: 'U0MALLORY' },
} as const;

const ACME_HOSTS = new Set(['acme/apim-1', 'acme/apim-2', 'acme/Mi_1', 'acme/dev-1']);

describe('what people type', () => {
  it.each(Object.keys(ASKERS) as (keyof typeof ASKERS)[])(
    'is answered with words, audited once, and touches nothing but what %s may, whatever it is',
    async (as) => {
      await fc.assert(
        fc.asyncProperty(typedLine, async (text) => {
          const { deps, checked, said, audit, logger } = setUp();
          const run = createCommandRunner(COMMANDS, deps);
          await run({ text, asker: askerOfCommand(ASKERS[as]), requestId: 'r-1' });
          expect(logger.lines.filter(({ level }) => level === 'error')).toEqual([]);
          expect(said.length).toBeGreaterThan(0);
          expect(said.every(({ text: words }) => words.length > 10)).toBe(true);
          expect(audit).toHaveLength(1);
          expect(checked.filter((host) => as !== 'alice' || !ACME_HOSTS.has(host))).toEqual([]);
          expect(
            said
              .map((message) => JSON.stringify(message))
              .join('')
              .replaceAll(text, ''),
          ).not.toMatch(/gw-2|esb-|Initech/);
        }),
        { numRuns: 700 },
      );
    },
  );
});

describe('what a button carries', () => {
  it('is answered with a sentence when nobody can read it', async () => {
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.constantFrom('{}', 'null', '[]', '"'.repeat(3_000)),
    );
    const action_id = fc.constantFrom(...ACTIONS.map(({ id }) => id), 'nothing.known', '');
    await fc.assert(
      fc.asyncProperty(value, action_id, async (carried, id) => {
        const { deps, checked, said, audit, logger } = setUp();
        const user = { id: 'U0ALICE', team_id: 'T0MERIDIAN' };
        const actions = [{ action_id: id, value: carried }];
        await createActionRunner(ACTIONS, deps)({ user, channel: { id: 'C0ACMEOPS' }, actions }, 'r-1');
        expect(logger.lines.filter(({ level }) => level === 'error')).toEqual([]);
        expect([said.length, audit.length, checked]).toEqual([1, 1, []]);
      }),
      { numRuns: 500 },
    );
  });
});

describe('what comes of a command', () => {
  it.each([
    ['done', 'help', 'alice'],
    ['refused', 'no-such-command', 'alice'],
    ['refused', 'status prod', 'mallory'],
    ['failed', 'status prod', 'alice'],
  ] as const)('is counted as %s: %s', async (result, text, as) => {
    const { deps } = setUp();
    const broken = async () => Promise.reject(new Error('broken'));
    Object.assign(deps.services, { hosts: { check: broken, latest: broken } });
    const run = createCommandRunner(COMMANDS, deps);
    expect(await run({ text, asker: askerOfCommand(ASKERS[as]), requestId: 'r-1' })).toBe(result);
  });
});
