import { describe, expect, it } from 'vitest';
import { toPerson } from '../../../../src/domain/actor.ts';
import { ACCESS_WORKFLOW } from '../../../../src/services/access/access-deps.ts';
import type { Grant } from '../../../../src/services/access/grant.ts';
import {
  type AccessGround,
  aRequest,
  CAST,
  createAccessGround,
  HOUR_MS,
  startAccess,
  tellAudit,
  textsOf,
} from '../../../support/access-world.ts';
import { NOW } from '../../../support/builders.ts';

const ID = 'g7kq2m9x';
const END = NOW.getTime() + 8 * HOUR_MS;

class Killed extends Error {}

/** Lets `count` effects happen, and kills the process before the next one, or right after it. */
function createExecutioner(count: number, when: 'before' | 'after') {
  let effects = 0;
  let isDead = false;
  async function run(call: () => Promise<unknown>): Promise<unknown> {
    effects += 1;
    const wasDead = isDead;
    isDead ||= effects > count;
    if (wasDead || (isDead && when === 'before')) {
      throw new Killed();
    }
    const result = await call();
    if (isDead) {
      throw new Killed();
    }
    return result;
  }

  function guard<T extends object>(port: T): T {
    return new Proxy(port, {
      get(target, name) {
        const found: unknown = Reflect.get(target, name);
        return typeof found === 'function' ? (...given: unknown[]) => run(() => found.apply(target, given)) : found;
      },
    });
  }
  return { guard, isDead: () => isDead, effects: () => effects };
}

type Process = ReturnType<typeof startAccess>;

/** What people do, as often as it takes; a replica that takes over does the first of it again. */
interface Story {
  /** @returns how far the clock goes on. Milliseconds. */
  pushOn(ground: AccessGround, process: Process, grant: Grant): Promise<number>;
}

const EXTENDED: Story = {
  async pushOn(_ground, { service, approvals }, grant) {
    if (grant.state === 'active' && grant.until.getTime() < END) {
      const who = { id: ID, requestId: 'x1', actor: CAST.dana };
      await service.extend({ ...who, until: new Date(END), reason: 'Still looking for it' });
      await approvals.approve({ id: grant.extension?.approvalId ?? `${ID}-2`, actor: CAST.carol });
    }
    return grant.until.getTime() === END && grant.extension === undefined ? HOUR_MS : 5_000;
  },
};

const REVOKED: Story = {
  async pushOn({ hosts, audited }, { service }, grant) {
    if (grant.state === 'active') {
      hosts.down.add('apim-2');
      await service.end(ID, { why: 'revoked', by: toPerson(CAST.alice), reason: 'stolen' });
    }
    if (audited.some(({ action }) => action === 'access.not_revoked')) {
      hosts.down.clear();
    }
    return 10_000;
  },
};

async function begin(ground: AccessGround, { service, approvals, engine }: Process): Promise<Grant | undefined> {
  const grant = await ground.store.find(ID);
  if (grant === undefined || grant.state === 'requested') {
    await service.request(aRequest(NOW));
    await approvals.approve({ id: `${ID}-1`, actor: CAST.carol });
  } else {
    await engine.start(ACCESS_WORKFLOW, { id: `access:${ID}`, input: { grantId: ID } });
  }
  return grant;
}

interface Told {
  readonly ground: AccessGround;
  /** Of the first process. */
  readonly effects: number;
}

async function tell(story: Story, { count, when }: { count: number; when: 'before' | 'after' }): Promise<Told> {
  const ground = createAccessGround({ expiresAfterMs: 72 * HOUR_MS });
  const { guard, isDead, effects } = createExecutioner(count, when);
  const first = startAccess(ground, { guard });
  let process = first;
  await process.engine.launch();
  for (let rounds = 0; rounds < 2_000; rounds += 1) {
    if (isDead() && process === first) {
      process = startAccess(ground);
      await process.engine.launch();
    }
    const ms = await begin(ground, process)
      .then((grant) => (grant === undefined ? 5_000 : story.pushOn(ground, process, grant)))
      .catch(() => 5_000);
    await idle();
    if ((await process.engine.state(`access:${ID}`)) === 'done') {
      break;
    }
    ground.clock.advance(ms);
  }
  await Promise.all([first.engine.shutdown(), process.engine.shutdown()]);
  return { ground, effects: effects() };
}

async function idle(): Promise<void> {
  for (let turns = 0; turns < 30; turns += 1) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function checkExtended({ ground }: Told): Promise<void> {
  await checkEnd(ground);
  expect(tellAudit(ground.audited)).toEqual([
    'U0DANA access.requested: Look for the timeouts of last night',
    'msops access.begun',
    'U0DANA access.extended: Still looking for it',
    'msops access.ended: its time is over',
  ]);
  expect(ground.outbox.has(`access:${ID}:C0ACMEOPS:alarm`)).toBe(false);
}

async function checkRevoked({ ground }: Told): Promise<void> {
  await checkEnd(ground);
  expect(tellAudit(ground.audited).map((line) => line.split(':')[0])).toEqual([
    'U0DANA access.requested',
    'msops access.begun',
    'msops access.not_revoked',
    'U0ALICE access.ended',
  ]);
  expect(textsOf(ground, `access:${ID}:C0ACMEOPS:alarm`).at(-1)).toBe('revoked');
  expect(textsOf(ground, `access:${ID}:C0ACMEOPS:alarm:over`).at(-1)).toBe('revoked');
}

async function checkEnd({ store, hosts, outbox }: AccessGround): Promise<void> {
  expect((await store.find(ID))?.state).toBe('ended');
  expect(hosts.left()).toEqual([]);
  expect(outbox.has(`access:${ID}:details:begun`)).toBe(true);
  expect(outbox.get(`access:${ID}:C0ACMEOPS`)?.at(-1)?.message.text).toBe('ops: ended');
}

async function killEverywhere(story: Story, check: (told: Told) => Promise<void>): Promise<void> {
  const whole = await tell(story, { count: Number.POSITIVE_INFINITY, when: 'before' });
  await check(whole);
  expect(whole.effects).toBeGreaterThan(60);
  for (const when of ['before', 'after'] as const) {
    for (let count = 0; count < whole.effects; count += 1) {
      try {
        await check(await tell(story, { count, when }));
      } catch (error) {
        throw new Error(`killed ${when} effect ${count + 1}`, { cause: error });
      }
    }
  }
}

describe('killed anywhere', () => {
  it('a grant that is extended ends once, at its new end', () => killEverywhere(EXTENDED, checkExtended), 120_000);
  it(
    'a grant that is revoked while a host is down ends when it is back',
    () => killEverywhere(REVOKED, checkRevoked),
    120_000,
  );
});
