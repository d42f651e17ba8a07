import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answer, quiet, shownHome } from '../support/ask.ts';
import { type BotWorld, startBotWorld } from '../support/bot-world.ts';
import { until } from '../support/until.ts';

let world: BotWorld;

beforeAll(async () => {
  world = await startBotWorld();
});
afterAll(() => world.stop());

async function homeOf(as: string): Promise<string> {
  await world.human.openHome(as);
  await quiet(world);
  return shownHome(world, as);
}

describe('App Home', () => {
  it('lists the environments that a person may see, and that nothing was checked yet', async () => {
    const alice = await homeOf('alice');
    for (const environment of ['acme/prod', 'acme/dev', 'globex/prod', 'initech/prod']) {
      expect(alice).toContain(environment);
    }
    expect(alice).toContain('unknown: its 6 hosts were never checked');
    expect(alice).toContain('Nothing is waiting for you.');
    const bob = await homeOf('bob');
    expect(bob).toContain('acme/prod');
    expect(bob).not.toMatch(/globex|initech/);
  });

  it('has a sentence for somebody unknown', async () => {
    const mallory = await homeOf('mallory');
    expect(mallory).toContain('I do not know you');
    expect(mallory).not.toMatch(/acme|globex|initech/);
  });

  it('shows the health at the last check, also when somebody else checked', async () => {
    await answer(world, ['bob', 'acme-ops'], '/msops status dev');
    expect(await homeOf('carol')).toMatch(/acme\/dev.*?dev-1 is healthy.*?Oldest check: \d+ s ago/);
  });

  it('checks by its button and draws itself again', async () => {
    await world.human.click('alice', { home: true }, 'globex/prod');
    await quiet(world);
    expect(shownHome(world, 'alice')).toMatch(/globex\/prod.*?2 of 3 healthy, 1 critical: gw-2/);
    const { rows } = await world.database.query("select entry from audit where actor = 'T0MERIDIAN:U0ALICE'");
    expect(JSON.stringify(rows)).toContain('home.check');
  });

  it('shows no health to somebody who may list an environment and no more', async () => {
    await world.human.click('alice', { home: true }, 'globex/prod');
    await quiet(world);
    const erin = await homeOf('erin');
    expect(erin).toMatch(/globex\/prod.*?Your roles do not let you see its health/);
    expect(erin).not.toMatch(/gw-2|Check now/);
  });

  it('does nothing for a button of somebody who may no longer', async () => {
    await homeOf('carol');
    const before = readFileSync(world.configFile, 'utf8');
    writeFileSync(world.configFile, before.replaceAll(/(["']?)host\.read\1/g, 'audit.read'));
    world.reload();
    await world.human.click('carol', { home: true }, 'initech/prod');
    await quiet(world);
    writeFileSync(world.configFile, before);
    world.reload();
    const told = world.slack.seenBy('carol', 'dm').messages.at(-1);
    expect(told?.text).toContain('needs the role');
  });

  it('survives that Slack draws no home for the people of another company', async () => {
    const { world: slackWorld } = world.slack;
    const event = { type: 'app_home_opened', user: 'U0DANA', channel: 'D1', tab: 'home' };
    await deliverEvent(event);
    const failure = await until('the refusal in the log', () =>
      world.log.find(({ level, message }) => level === 'error' && message === 'Interaction failed'),
    );
    expect(String(failure.fields.error)).toContain('user_not_found');
    await world.human.openHome('bob');
    await quiet(world);
    expect(slackWorld.homes.has('U0DANA')).toBe(false);
    expect(shownHome(world, 'bob')).toContain('acme/prod');
  });
});

/** As Slack would hand it over, which the sandbox's people of other companies cannot cause. */
async function deliverEvent(event: Record<string, unknown>): Promise<void> {
  const { slack } = world;
  const earlier = slack.deliveries.findLast(({ what }) => what === 'app_home_opened');
  const payload = { ...earlier?.payload, event_id: 'Ev0FOREIGN', event };
  slack.deliveries.push({ ...earlier!, id: 'foreign', payload });
  await slack.redeliver('foreign');
}
