import { expect, it } from 'vitest';
import { ACCESS_WORKFLOW } from '../../../../src/services/access/access-deps.ts';
import {
  type AccessGround,
  aRequest,
  CAST,
  createAccessGround,
  HOUR_MS,
  startAccess,
  tellAudit,
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
async function pushOn(ground: AccessGround, { service, approvals, engine }: Process): Promise<void> {
  const grant = await ground.store.find(ID);
  if (grant === undefined || grant.state === 'requested') {
    await service.request(aRequest(NOW));
    await approvals.approve({ id: `${ID}-1`, actor: CAST.carol });
  } else {
    await engine.start(ACCESS_WORKFLOW, { id: `access:${ID}`, input: { grantId: ID } });
  }
  if (grant?.state === 'active' && grant.until.getTime() < END) {
    const extension = {
      id: ID,
      requestId: 'x1',
      actor: CAST.dana,
      until: new Date(END),
      reason: 'Still looking for it',
    };
    await service.extend(extension);
    await approvals.approve({ id: grant.extension?.approvalId ?? `${ID}-2`, actor: CAST.carol });
  }
}

/** @returns how many effects the first process had. */
async function tell(count: number, when: 'before' | 'after'): Promise<{ ground: AccessGround; effects: number }> {
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
    await pushOn(ground, process).catch(() => undefined);
    await idle();
    const grant = await ground.store.find(ID);
    if (grant?.state === 'ended' && (await process.engine.state(`access:${ID}`)) === 'done') {
      break;
    }
    const isExtended = grant?.until.getTime() === END && grant.extension === undefined;
    ground.clock.advance(isExtended ? HOUR_MS : 5_000);
  }
  await Promise.all([first.engine.shutdown(), process.engine.shutdown()]);
  return { ground, effects: effects() };
}

async function idle(): Promise<void> {
  for (let turns = 0; turns < 30; turns += 1) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function check({ ground }: { ground: AccessGround }): Promise<void> {
  expect((await ground.store.find(ID))?.state).toBe('ended');
  expect(ground.hosts.left()).toEqual([]);
  expect(tellAudit(ground.audited)).toEqual([
    'U0DANA access.requested: Look for the timeouts of last night',
    'msops access.begun',
    'U0DANA access.extended: Still looking for it',
    'msops access.ended: its time is over',
  ]);
  expect(ground.outbox.has(`access:${ID}:details:begun`)).toBe(true);
  expect(ground.outbox.has(`access:${ID}:C0ACMEOPS:alarm`)).toBe(false);
  expect(ground.outbox.get(`access:${ID}:C0ACMEOPS`)?.at(-1)?.message.text).toBe('ops: ended');
}

it('tells the same story once, wherever it is killed', async () => {
  const whole = await tell(Number.POSITIVE_INFINITY, 'before');
  await check(whole);
  expect(whole.effects).toBeGreaterThan(60);
  for (const when of ['before', 'after'] as const) {
    for (let count = 0; count < whole.effects; count += 1) {
      try {
        await check(await tell(count, when));
      } catch (error) {
        throw new Error(`killed ${when} effect ${count + 1}`, { cause: error });
      }
    }
  }
}, 120_000);
