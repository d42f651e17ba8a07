import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../support/until.ts';
import { exec, fault, heal, shell } from './fleet.ts';
import { BALANCED, BALANCER, startAsking, startHaproxy, stopAsking } from './haproxy.ts';
import { type RolloutBot, startRolloutBot } from './rollout-bot.ts';

/** Each kill costs a start of the bot; the machine may be busy. */
const ROLLOUT_MS = 600_000;

let bot: RolloutBot;

beforeAll(async () => {
  await startHaproxy();
  await Promise.all(BALANCED.map((host) => exec(host, 'fleet-packages', 'up')));
  // Upgrades are counted by it, and other files have had their own on these hosts.
  await Promise.all(BALANCED.map((host) => shell(host, ': >/var/log/dpkg.log')));
  bot = await startRolloutBot();
}, 300_000);

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') {
    console.log(bot?.log());
  }
});

afterAll(async () => {
  await bot?.stop();
  await Promise.all(BALANCED.map((host) => exec(host, 'fleet-packages', 'down')));
  await shell(BALANCER, 'service haproxy stop');
  await heal('bastion', ...BALANCED, BALANCER);
});

/** Lines of dpkg's own log about an upgrade. */
async function upgradesOn(host: string, name: string): Promise<readonly string[]> {
  const lines = await shell(host, `grep ' upgrade ${name}:' /var/log/dpkg.log || :`);
  return lines.split('\n').filter((line) => line !== '');
}

describe('a rollout of two waves over real hosts', { timeout: ROLLOUT_MS + 60_000 }, () => {
  it('survives a kill of the bot in each of its steps, once with its store, and installs everything once', async () => {
    const id = await bot.roll('/msops patch apply prod --hosts a1,a2');
    const killedAt: string[] = [];
    await until(
      'the rollout to have ended',
      async () => {
        const { state } = await bot.rollout(id);
        const [current] = (await bot.hosts(id)).filter((host) => host.state === 'in_progress');
        const step = current === undefined ? state : `${current.host}: ${current.step}`;
        if (!['succeeded', 'failed', 'aborted'].includes(state) && !killedAt.includes(step)) {
          killedAt.push(step);
          await bot.kill(step.startsWith('a2: install') ? 'machine' : 'bot');
        }
        return ['succeeded', 'failed', 'aborted'].includes(state);
      },
      ROLLOUT_MS,
    );

    const outcome = JSON.stringify([await bot.rollout(id).then(({ note }) => note), await bot.hosts(id), killedAt]);
    expect(await bot.rollout(id), outcome).toMatchObject({ state: 'succeeded' });
    expect(killedAt.length).toBeGreaterThanOrEqual(10);
    expect(killedAt).toContain('a1: out of service');
    expect(killedAt.some((step) => /^a2: install/.test(step))).toBe(true);
    for (const host of BALANCED) {
      expect(await upgradesOn(host, 'acme-lib')).toHaveLength(1);
      expect(await upgradesOn(host, 'acme-normal')).toHaveLength(1);
      expect(await upgradesOn(host, 'acme-held')).toEqual([]);
    }
    const starts = bot.slack.seenBy('alice', 'acme-ops').messages.filter(({ text }) => text.includes(id));
    expect(starts.length).toBeLessThanOrEqual(2);
  });

  it('loses no request of a client while the product of each host is stopped, updated and started', async () => {
    await startAsking();
    const id = await bot.roll('/msops patch apply prod --product is --level 7');
    const ended = await bot.ended(id, ROLLOUT_MS);
    const answers = await stopAsking();

    expect(ended, JSON.stringify(await bot.hosts(id), undefined, 1)).toMatchObject({ state: 'succeeded' });
    expect(Object.keys(answers)).toEqual(['200']);
    expect(answers['200']).toBeGreaterThan(20);
  });

  it('goes on when the bastion is cut in the middle of an install', async () => {
    await Promise.all(BALANCED.map((host) => exec(host, 'fleet-packages', 'trouble')));
    await shell('a1', ': >/run/acme-broken.fixed');
    await shell('a2', ': >/run/acme-broken.fixed; : >/run/acme-late.go');
    const id = await bot.roll('/msops patch apply prod --hosts a1,a2');
    const isWaiting = async () => (await shell('a1', 'pgrep -fc "[a]cme-late.postinst" || :')) !== '0';
    await until('the install to be in its middle on a1', isWaiting, 120_000);

    await fault('bastion', 'ssh-restart');
    await fault('bastion', 'ssh-stop');
    await shell('a1', ': >/run/acme-late.go');
    await delay(5_000);
    await heal('bastion');

    expect(await bot.ended(id, ROLLOUT_MS)).toMatchObject({ state: 'succeeded' });
    expect(await upgradesOn('a1', 'acme-late')).toHaveLength(1);
  });

  // biome-ignore-start lint/suspicious/noTemplateCurlyInString: dpkg's own placeholder.
  it('stops at a package whose postinst fails, and says which', async () => {
    await Promise.all(BALANCED.map((host) => exec(host, 'fleet-packages', 'down')));
    await Promise.all(BALANCED.map((host) => exec(host, 'fleet-packages', 'up')));
    await Promise.all(BALANCED.map((host) => exec(host, 'fleet-packages', 'trouble')));
    await Promise.all(BALANCED.map((host) => shell(host, ': >/run/acme-late.go; rm -f /run/acme-broken.fixed')));
    const id = await bot.roll('/msops patch apply prod --hosts a1,a2');
    expect(await bot.ended(id, ROLLOUT_MS)).toMatchObject({ state: 'failed' });
    const [first, second] = await bot.hosts(id);
    expect(first?.note).toContain('acme-broken');
    expect(second).toMatchObject({ state: 'skipped' });
    expect(await shell('a2', "dpkg-query -W -f '${Version}' acme-broken")).toBe('1.0');
  });
  // biome-ignore-end lint/suspicious/noTemplateCurlyInString: dpkg's own placeholder.
});
