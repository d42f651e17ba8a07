import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Slack } from '../../../../sandbox/slack/start-slack.ts';
import { createTestClient, startTestSlack } from '../../../support/slack-app.ts';

describe('the routes of the page and the terminal', () => {
  let slack: Slack;

  beforeEach(async () => {
    slack = await startTestSlack('http', {
      page: (incoming, response) => incoming.url === '/' && Boolean(response.end('the page')),
    });
  });
  afterEach(() => slack.stop());

  async function act(
    name: string,
    body: object,
    type = 'application/json',
  ): Promise<[number, Record<string, unknown>]> {
    const init = { method: 'POST', headers: { 'content-type': type }, body: JSON.stringify(body) };
    const response = await fetch(`${slack.url}/sandbox/act/${name}`, init);
    return [response.status, (await response.json()) as Record<string, unknown>];
  }

  it('let people act by the same names as in code', async () => {
    const [status, outcome] = await act('say', { as: 'alice', channel: '#acme-ops', text: 'hello' });
    expect([status, outcome.ok]).toEqual([200, true]);
    await act('react', { as: 'bob', ...(outcome.message as object), name: 'eyes' });
    const state = await (await fetch(`${slack.url}/sandbox/state?as=carol&channel=acme-ops`)).json();
    expect(state).toMatchObject({
      viewer: { handle: 'carol', isExternal: false },
      channel: { id: 'C0ACMEOPS', memberCount: 6 },
      messages: [{ text: 'hello', author: { handle: 'alice' }, reactions: [{ name: 'eyes', users: ['U0BOB'] }] }],
    });
  });

  it('show each person only the channels that they are in', async () => {
    const names = (who: string) => slack.seenBy(who).channels.map(({ name }) => name);
    expect(names('dana')).toEqual(['acme-shared']);
    expect(names('alice')).toContain('msops');
  });

  it('keep replies with the message that they answer', async () => {
    const { message } = await slack.human.say('alice', 'acme-ops', 'hello');
    await createTestClient(slack).chat.postMessage({ channel: 'C0ACMEOPS', thread_ts: message!.ts, text: 'hi' });
    expect(slack.seenBy('bob', 'acme-ops').messages).toMatchObject([{ text: 'hello', replies: [{ text: 'hi' }] }]);
  });

  it('say in a sentence what is not possible', async () => {
    expect(await act('say', { as: 'zoe', channel: 'dm', text: 'hi' })).toEqual([
      400,
      { ok: false, error: 'Nobody here is called "zoe". People: alice, bob, carol, erin, mallory, dana, gus.' },
    ]);
    expect(await act('click', { as: 'alice', channel: 'acme-ops', action: 'approve' })).toMatchObject([
      400,
      { error: expect.stringContaining('nothing to act on') },
    ]);
    expect((await act('dance', {}))[0]).toBe(404);
  });

  it('take nothing from a page of another origin', async () => {
    expect((await act('say', { as: 'alice', channel: 'dm', text: 'hi' }, 'text/plain'))[0]).toBe(415);
    const status = await new Promise((resolve) => {
      const path = `${slack.url}/sandbox/state?as=alice`;
      request(path, { headers: { host: 'evil.example' } }, (response) => resolve(response.resume().statusCode)).end();
    });
    expect(status).toBe(403);
  });

  it('tell when something has changed', async () => {
    const response = await fetch(`${slack.url}/sandbox/events`);
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader.read()).value).toContain('event: changed');
    await slack.human.say('alice', 'acme-ops', 'hello');
    expect((await reader.read()).value).toContain(`"revision":${slack.world.revision()}`);
    await reader.cancel();
  });

  it('wait until the app has settled', async () => {
    const settled = async (query: string) => (await fetch(`${slack.url}/sandbox/settled?${query}`)).json();
    expect(await settled('forMs=20')).toEqual({ settled: true });
    expect(await settled('forMs=5000&timeoutMs=50')).toEqual({ settled: false });
  });

  it('leave the rest to the page', async () => {
    expect(await (await fetch(`${slack.url}/`)).text()).toBe('the page');
    expect((await fetch(`${slack.url}/nothing`)).status).toBe(404);
  });
});
