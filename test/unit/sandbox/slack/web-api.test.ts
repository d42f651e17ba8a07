import { ErrorCode } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Slack } from '../../../../sandbox/slack/start-slack.ts';
import { addChannel } from '../../../../sandbox/slack/world/seed.ts';
import { createTestClient, SCOPES, startTestSlack } from '../../../support/slack-app.ts';

describe('the Web API', () => {
  let slack: Slack;

  beforeEach(async () => {
    slack = await startTestSlack('http', { scopes: SCOPES.filter((scope) => scope !== 'reactions:write') });
  });
  afterEach(() => slack.stop());

  const post = (channel: string, text = 'hello') => createTestClient(slack).chat.postMessage({ channel, text });

  it('knows its tokens', async () => {
    await expect(createTestClient(slack, 'xoxb-wrong').auth.test()).rejects.toThrow('invalid_auth');
    await expect(createTestClient(slack, slack.tokens.app).auth.test()).rejects.toThrow('not_allowed_token_type');
    const bare = await fetch(`${slack.apiUrl}auth.test`, { method: 'POST' });
    expect([bare.status, await bare.json()]).toEqual([200, { ok: false, error: 'not_authed' }]);
    await expect(createTestClient(slack).auth.test()).resolves.toMatchObject({
      user_id: 'U0MSOPS',
      bot_id: 'B0MSOPS',
      team_id: 'T0MERIDIAN',
    });
  });

  it('refuses unknown methods and scopes that the app lacks', async () => {
    const client = createTestClient(slack);
    await expect(client.apiCall('pins.add')).rejects.toThrow('unknown_method');
    const reaction = client.reactions.add({ channel: 'C0ACMEOPS', timestamp: '1.1', name: 'eyes' });
    await expect(reaction).rejects.toMatchObject({ data: { error: 'missing_scope', needed: 'reactions:write' } });
    await expect(client.conversations.list({ types: 'private_channel' })).rejects.toMatchObject({
      data: { error: 'missing_scope', needed: 'groups:read' },
    });
  });

  it('posts only where the bot is', async () => {
    await expect(post('C0RANDOM')).rejects.toThrow('not_in_channel');
    await expect(post('C0NOWHERE')).rejects.toThrow('channel_not_found');
    await expect(post('U0ALICE')).resolves.toMatchObject({ channel: 'D0ALICE' });
    await expect(post('C0ACMEOPS', '')).rejects.toThrow('no_text');
  });

  it('knows nothing of private channels where the bot is not, and little of those where it is', async () => {
    const closed = { kind: 'private', purpose: '', members: ['U0ALICE'] } as const;
    addChannel(slack.world, { ...closed, id: 'C0SECRET', name: 'secret' });
    addChannel(slack.world, { ...closed, id: 'C0CLOSED', name: 'closed', members: ['U0ALICE', 'U0MSOPS'] });
    await expect(post('C0SECRET')).rejects.toThrow('channel_not_found');
    await expect(post('C0CLOSED')).resolves.toMatchObject({ ok: true });
    const info = createTestClient(slack).conversations.info({ channel: 'C0CLOSED' });
    await expect(info).rejects.toMatchObject({ data: { error: 'missing_scope', needed: 'groups:read' } });
    await slack.human.say('alice', 'secret', '/msops help');
    expect(slack.deliveries[0]?.payload).toMatchObject({ channel_id: 'C0SECRET', channel_name: 'privategroup' });
  });

  it('edits only own messages, which keep their place', async () => {
    const { ts = '' } = await post('C0ACMEOPS', 'first');
    await post('C0ACMEOPS', 'second');
    const said = await slack.human.say('alice', 'acme-ops', 'mine');
    const client = createTestClient(slack);
    await client.chat.update({ channel: 'C0ACMEOPS', ts, text: 'first, edited' });
    await expect(client.chat.update({ ...said.message!, text: 'yours' })).rejects.toThrow('cant_update_message');
    await expect(client.chat.update({ channel: 'C0ACMEOPS', ts: '1.1', text: 'x' })).rejects.toThrow(
      'message_not_found',
    );
    const texts = slack.seenBy('bob', 'acme-ops').messages.map(({ text }) => text);
    expect(texts).toEqual(['first, edited', 'second', 'mine']);
  });

  it('tells one person alone, who must be in the channel', async () => {
    const client = createTestClient(slack);
    await client.chat.postEphemeral({ channel: 'C0ACMEOPS', user: 'U0ALICE', text: 'psst' });
    expect(slack.seenBy('alice', 'acme-ops').messages).toMatchObject([{ text: 'psst', isEphemeral: true }]);
    expect(slack.seenBy('bob', 'acme-ops').messages).toEqual([]);
    const outside = client.chat.postEphemeral({ channel: 'C0ACMEOPS', user: 'U0DANA', text: 'psst' });
    await expect(outside).rejects.toThrow('user_not_in_channel');
  });

  it('shows which companies share a channel, in conversations.info alone', async () => {
    const client = createTestClient(slack);
    const { channel } = await client.conversations.info({ channel: 'C0ACMESHARED' });
    expect(channel).toMatchObject({
      is_ext_shared: true,
      connected_team_ids: ['T0ACME'],
      context_team_id: 'T0MERIDIAN',
    });
    const { channels } = await client.conversations.list({ limit: 3 });
    expect(channels).toHaveLength(3);
    expect(channels?.[0]).not.toHaveProperty('connected_team_ids');
    const { user } = await client.users.info({ user: 'U0DANA' });
    expect(user).toMatchObject({ team_id: 'T0ACME', is_stranger: false });
    expect(user?.profile).not.toHaveProperty('email');
  });

  it('lets short bursts into a channel, then one message a second, other channels unhindered', async () => {
    for (let count = 0; count < 5; count += 1) {
      await post('C0ACMEOPS');
    }
    await expect(post('C0ACMEOPS')).rejects.toMatchObject({ code: ErrorCode.RateLimitedError, retryAfter: 1 });
    await expect(post('C0GLOBEXOPS')).resolves.toMatchObject({ ok: true });
    expect(slack.calls.at(-2)).toMatchObject({ method: 'chat.postMessage', status: 429, error: 'ratelimited' });
  });

  it('fails on order', async () => {
    slack.faults.push(
      { method: 'chat.postMessage', channel: 'C0ACMEOPS', times: 1, status: 429, retryAfter: 7 },
      { method: 'chat.postMessage', channel: 'C0ACMEOPS', times: 1, error: 'fatal_error' },
      { method: '*', times: 1, status: 503 },
    );
    await expect(post('C0ACMEOPS')).rejects.toMatchObject({ retryAfter: 7 });
    await expect(post('C0ACMEOPS')).rejects.toThrow('fatal_error');
    const { status } = await fetch(`${slack.apiUrl}chat.postMessage`, bearer('channel=C0ACMEOPS&text=hello'));
    expect(status).toBe(503);
    await expect(post('C0ACMEOPS')).resolves.toMatchObject({ ok: true });
  });

  it('can lose the answer of a message that it has posted', async () => {
    slack.faults.push({ method: 'chat.postMessage', times: 1, loseAnswer: true });
    await expect(fetch(`${slack.apiUrl}chat.postMessage`, bearer('channel=C0ACMEOPS&text=posted'))).rejects.toThrow();
    expect(slack.seenBy('alice', 'acme-ops').messages).toMatchObject([{ text: 'posted' }]);
  });

  it('takes JSON bodies and refuses blocks that are no list', async () => {
    const headers = { authorization: `Bearer ${slack.tokens.bot}`, 'content-type': 'application/json' };
    const send = async (body: object) =>
      (await fetch(`${slack.apiUrl}chat.postMessage`, { method: 'POST', headers, body: JSON.stringify(body) })).json();
    expect(await send({ channel: '#acme-ops', text: 'hello' })).toMatchObject({ ok: true, channel: 'C0ACMEOPS' });
    expect(await send({ channel: 'C0ACMEOPS', blocks: 'nonsense' })).toEqual({
      ok: false,
      error: 'invalid_blocks_format',
    });
  });

  function bearer(body: string): RequestInit {
    const headers = {
      authorization: `Bearer ${slack.tokens.bot}`,
      'content-type': 'application/x-www-form-urlencoded',
    };
    return { method: 'POST', headers, body };
  }
});
