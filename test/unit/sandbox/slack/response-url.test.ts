import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Slack } from '../../../../sandbox/slack/start-slack.ts';
import { startTestSlack } from '../../../support/slack-app.ts';

describe('a response URL', () => {
  let slack: Slack;
  let url: string;

  beforeEach(async () => {
    slack = await startTestSlack('http');
    await slack.human.say('alice', 'acme-ops', '/msops status');
    url = String(slack.deliveries[0]?.payload.response_url);
    slack.world.messages.splice(0);
  });
  afterEach(() => slack.stop());

  async function use(body: object): Promise<[number, string]> {
    const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
    return [response.status, await response.text()];
  }
  const texts = (who: string) => slack.seenBy(who, 'acme-ops').messages.map(({ text }) => text);

  it('is good for five answers', async () => {
    for (let count = 1; count <= 5; count += 1) {
      expect(await use({ text: `answer ${count}` })).toEqual([200, 'ok']);
    }
    expect(await use({ text: 'one too many' })).toEqual([404, 'used_url']);
    expect(texts('alice')).toHaveLength(5);
    expect(texts('bob')).toEqual([]);
  });

  it('answers everybody when asked to, and replaces what it said first', async () => {
    await use({ text: 'checking', response_type: 'in_channel' });
    await use({ text: 'checked', replace_original: true });
    expect(texts('bob')).toEqual(['checked']);
  });

  it('is gone after half an hour', async () => {
    for (const [id, hook] of slack.world.hooks) {
      slack.world.hooks.set(id, { ...hook, expiresAt: Date.now() - 1 });
    }
    expect(await use({ text: 'late' })).toEqual([404, 'expired_url']);
  });

  it('refuses what Slack refuses, and fails on order', async () => {
    expect(await use({})).toEqual([400, 'no_text']);
    expect(await use({ blocks: [{ type: 'nonsense' }] })).toEqual([400, 'invalid_blocks']);
    slack.faults.push({ method: 'response_url', times: 1, status: 500 });
    expect((await use({ text: 'hello' }))[0]).toBe(500);
    expect(slack.calls.map(({ method, ok }) => [method, ok])).toEqual([
      ['response_url', false],
      ['response_url', false],
      ['response_url', false],
    ]);
  });
});
