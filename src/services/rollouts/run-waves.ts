import { CONTROL_TOPIC, HOST_TOPIC, HOST_WORKFLOW, hostWorkflowIdOf, type RolloutDeps } from './rollout-deps.ts';
import type { RolloutEnd, RolloutScope } from './rollout-workflow.ts';
import { tryNextWave } from './try-next-wave.ts';

/** Also how often the card shows how long it takes. */
const LOOK_EVERY_MS = 10_000;

/** One wave after the other; between two of them it may pause, wait for the allowed hours, or stop. */
export async function runWaves(scope: RolloutScope): Promise<RolloutEnd> {
  const { id, context, deps } = scope;
  const waves = await context.step('begin', () => begin(id, deps));
  for (const [number, hosts] of waves.entries()) {
    const stopped = await mayGoOn(scope, number);
    if (stopped !== undefined) {
      return stopped;
    }
    await context.step(`start wave ${number + 1}`, () => startHosts(id, hosts, deps));
    await awaitHosts(scope, hosts);
  }
  return context.step('look at the end', () => judgeEnd(id, deps));
}

async function begin(id: string, { store, clock, audit, cards }: RolloutDeps) {
  const { waves, customer, environment, plan, requester } = await store.update(id, (found) => ({
    ...{ ...found, state: 'running', note: undefined, nextAt: undefined },
    startedAt: found.startedAt ?? clock.now(),
  }));
  await audit.append({
    ...{ actor: 'msops', actorName: 'msops', action: 'rollout.run', result: 'started', requestId: id },
    ...{ customer, environment, hosts: waves.flat(), reason: `${plan.title}, asked for by ${requester.name}` },
  });
  await cards.redraw(id);
  return waves;
}

async function mayGoOn({ id, context, deps }: RolloutScope, wave: number): Promise<RolloutEnd | undefined> {
  for (;;) {
    const next = await context.step(`before wave ${wave + 1}`, () => tryNextWave(id, wave, deps));
    if (next.kind === 'go') {
      return undefined;
    }
    if (next.kind === 'stop') {
      return next.end;
    }
    await context.receive(CONTROL_TOPIC, next.ms);
  }
}

/** Workflows of their own, so that the hosts of a wave go side by side and each is remembered for itself. */
async function startHosts(id: string, hosts: readonly string[], { engine }: RolloutDeps): Promise<void> {
  for (const host of hosts) {
    await engine.start(HOST_WORKFLOW, { id: hostWorkflowIdOf(id, host), input: { rolloutId: id, host } });
  }
}

async function awaitHosts({ id, context, deps }: RolloutScope, hosts: readonly string[]): Promise<void> {
  while ((await context.step('look at the hosts', () => countOpen(id, hosts, deps))) > 0) {
    await context.receive(HOST_TOPIC, LOOK_EVERY_MS);
  }
}

async function countOpen(id: string, hosts: readonly string[], deps: RolloutDeps): Promise<number> {
  const { store, engine, cards, clock } = deps;
  const open = (await store.hosts(id)).filter(({ host, endedAt }) => hosts.includes(host) && endedAt === undefined);
  let left = open.length;
  for (const { host } of open) {
    const state = await engine.state(hostWorkflowIdOf(id, host));
    if (state !== 'pending') {
      const note = 'the change stopped inside msops; its log has the cause';
      await store.saveHost(id, host, { state: 'failed', note, endedAt: clock.now() });
      await cards.hostEnded(id, host);
      left -= 1;
    }
  }
  await cards.redraw(id);
  return left;
}

async function judgeEnd(id: string, { store }: RolloutDeps): Promise<RolloutEnd> {
  const hosts = await store.hosts(id);
  const failed = hosts.filter(({ state }) => state === 'failed').map(({ host }) => host);
  const isAborted = (await store.find(id))?.control.wish === 'abort';
  if (failed.length > 0) {
    return { state: 'failed', note: `failed on ${failed.join(', ')}` };
  }
  const skipped = hosts.some(({ state }) => state === 'skipped');
  return isAborted && skipped ? { state: 'aborted' } : { state: 'succeeded' };
}
