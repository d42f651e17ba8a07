import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestCarrier, secretsOf, verdict } from '../mail/mail-harness.ts';
import { type Listener, startListener } from './listener.ts';

const TOKEN = 'token-of-the-alertmanager';
const BODY = { version: '4', status: 'firing', alerts: [{ labels: { alertname: 'disk' } }] };

describe('webhooks', () => {
  let listener: Listener;
  const { send } = createTestCarrier({ secrets: secretsOf({ acme_hook: TOKEN }) });

  beforeAll(async () => {
    listener = await startListener();
  });
  afterAll(() => listener.stop());
  beforeEach(() => listener.answer(200));

  function post({ url = listener.url, token = 'acme_hook', to = 'alertmanager' } = {}) {
    const webhooks = [{ name: 'alertmanager', url, token }];
    return send({ webhooks }, { kind: 'webhook', webhook: to, body: BODY }, 'a-7f3/firing 1');
  }

  it('get the body with the token, who sends it, and a key by which it is the same', async () => {
    expect(await post()).toEqual({ kind: 'sent', by: 'webhook alertmanager', rejected: [], passedOver: [] });
    expect(listener.received).toMatchObject([
      {
        method: 'POST',
        url: '/hook',
        body: BODY,
        headers: {
          authorization: `Bearer ${TOKEN}`,
          'content-type': 'application/json',
          'user-agent': 'msops',
          'idempotency-key': 'a-7f3%2Ffiring%201',
        },
      },
    ]);
  });

  it.each([
    [204, 'sent'],
    [400, 'refused: rejected_content'],
    [401, 'refused: auth'],
    [403, 'refused: auth'],
    [404, 'refused: not_configured'],
    [413, 'refused: too_big'],
    [429, 'later: quota'],
    [500, 'later: temporary'],
    [503, 'later: temporary'],
  ] as const)('answer %d: %s', async (status, told) => {
    listener.answer(status);
    expect(verdict(await post())).toBe(told);
    expect(listener.received).toHaveLength(1);
  });

  it('are not followed to where they redirect', async () => {
    const elsewhere = await startListener();
    listener.answer({ status: 307, location: elsewhere.url });
    expect(verdict(await post())).toBe('refused: not_configured');
    expect(elsewhere.received).toEqual([]);
    await elsewhere.stop();
  });

  it('are told about with what they said, but never with the token', async () => {
    listener.answer({ status: 401, body: `{"error":"bad token ${TOKEN}"}\n` });
    const result = await post();
    expect(result).toMatchObject({ trouble: { text: expect.stringContaining('bad token [secret]') } });
    expect(JSON.stringify(result)).not.toContain(TOKEN);
  });

  it('get nothing in plain text, unless they are on this machine', async () => {
    expect(verdict(await post({ url: 'http://hooks.acme.example/x' }))).toBe('refused: not_configured');
    expect(verdict(await post({ url: 'http://127.0.0.1.evil.example/x' }))).toBe('refused: not_configured');
    expect(verdict(await post({ url: 'http://127.0.0.1:25/x' }))).toBe('refused: not_configured');
  });

  it('are tried again when nobody answers', async () => {
    const gone = await startListener();
    await gone.stop();
    expect(verdict(await post({ url: gone.url }))).toBe('later: refused_connection');
    expect(verdict(await post({ url: 'https://hooks.invalid/hook' }))).toBe('later: dns');
    expect(verdict(await post({ url: listener.url.replace('http:', 'https:') }))).toBe('later: tls_wrong_port');
  });

  it('are refused when they or their secret are not there', async () => {
    expect(verdict(await post({ to: 'nobody' }))).toBe('refused: not_configured');
    const result = await post({ token: 'other_hook' });
    expect(result).toMatchObject({ trouble: { text: expect.stringContaining('MSOPS_SECRET_OTHER_HOOK') } });
  });
});
