import { describe, expect, it } from 'vitest';
import { endAccess, isAccessEnd, type LeavingEvent } from '../../../src/handlers/events/access-ends.ts';
import { toInteraction } from '../../../src/handlers/to-interaction.ts';
import { PUBLIC_KEY } from '../views/access-builders.ts';
import { SHARED, setUpAccess } from './access-harness.ts';

const BOT = { team_id: 'T0MERIDIAN', user_id: 'U0MSOPS' };

async function callsOf(event: LeavingEvent) {
  const world = setUpAccess({ grant: { state: 'active' } });
  expect(isAccessEnd(event)).toBe(true);
  await endAccess(event, BOT, world.deps);
  return world.calls.filter(([name]) => name !== 'list');
}

describe('access ends', () => {
  const unshared = { type: 'channel_unshared', channel: SHARED } as const;
  const all = [['endAllOf', { channelId: SHARED }, 'channel_unshared']];

  it('when the channel is disconnected from the company', async () => {
    expect(await callsOf({ ...unshared, previously_connected_team_id: 'T0ACME', is_ext_shared: false })).toEqual(all);
    expect(await callsOf({ ...unshared, previously_connected_team_id: 'T0ACME', is_ext_shared: true })).toEqual(all);
  });

  it('also when Slack names an enterprise, or nothing', async () => {
    expect(await callsOf({ ...unshared, previously_connected_team_id: 'E0ACME', is_ext_shared: true })).toEqual(all);
    expect(await callsOf(unshared)).toEqual(all);
  });

  it('not when a company leaves that nobody here belongs to', async () => {
    expect(await callsOf({ ...unshared, previously_connected_team_id: 'T0HOOLI', is_ext_shared: true })).toEqual([]);
  });

  it('when the bot is removed from the channel', async () => {
    expect(await callsOf({ type: 'channel_left', channel: SHARED })).toEqual(all);
    expect(await callsOf({ type: 'group_left', channel: SHARED })).toEqual(all);
    expect(await callsOf({ type: 'member_left_channel', channel: SHARED, user: 'U0MSOPS' })).toEqual(all);
  });

  it('when the person leaves the channel where they asked, and theirs alone', async () => {
    const left = { type: 'member_left_channel', user: 'U0DANA', team: 'T0ACME' } as const;
    expect(await callsOf({ ...left, channel: SHARED })).toEqual([['end', 'a7kq2m9x', { why: 'person_left' }]]);
    expect(await callsOf({ ...left, channel: 'C0ELSEWHERE' })).toEqual([]);
  });

  it('when their account is deactivated', async () => {
    expect(await callsOf({ type: 'user_change', user: { id: 'U0DANA', deleted: true } })).toEqual([
      ['endAllOf', { userId: 'U0DANA' }, 'person_left'],
    ]);
  });
});

describe('what is written down', () => {
  const envelope = (event: object) => ({ type: 'event_callback', event_id: 'Ev1', event });
  const PEM =
    '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmU=\n-----END OPENSSH PRIVATE KEY-----';
  const submission = (publicKey: string, reason = 'to look at it', callback_id = 'access.request') => ({
    type: 'view_submission',
    user: { id: 'U0DANA' },
    view: {
      ...{ id: 'V1', hash: 'h', callback_id, private_metadata: '{}' },
      state: {
        values: {
          publicKey: { publicKey: { type: 'plain_text_input', value: publicKey } },
          reason: { reason: { type: 'plain_text_input', value: reason } },
        },
      },
    },
  });
  const written = (body: object) => JSON.stringify(toInteraction({ ...body }));

  it('has no changed status of anybody, but every account that is gone', () => {
    expect(toInteraction(envelope({ type: 'user_change', user: { id: 'U1', deleted: false } }))).toBeUndefined();
    expect(toInteraction(envelope({ type: 'user_change', user: 'U1' }))).toBeUndefined();
    expect(toInteraction(envelope({ type: 'user_change', user: { id: 'U1', deleted: true } }))?.id).toBe('event:Ev1');
  });

  it.each([
    PEM,
    PEM.replaceAll('\n', ' '),
    PEM.split('\n')[1]!,
    `${PUBLIC_KEY} ${PEM}`,
    'MIIEpAIBAAKCAQEAtotallysecret',
  ])('has no private key from the field of the form', (key) => {
    expect(written(submission(key))).not.toMatch(/b3BlbnNzaC1rZXk|totallysecret/);
  });

  it('has none from another field, another form or a message', () => {
    for (const body of [
      submission(PUBLIC_KEY, `my key: ${PEM}`),
      submission('', PEM, 'approval.reject'),
      envelope({ type: 'app_mention', user: 'U0DANA', text: `<@U0MSOPS> access ${PEM}` }),
      { command: '/msops', user_id: 'U1', trigger_id: 't', text: `access ${PEM}` },
    ]) {
      expect(written(body)).not.toContain('b3BlbnNzaC1rZXk');
    }
  });

  it('keeps the public key, without its comment', () => {
    expect(written(submission(`${PUBLIC_KEY} dana@laptop`))).toContain(PUBLIC_KEY);
    expect(written(submission(`${PUBLIC_KEY} dana@laptop`))).not.toContain('laptop');
  });

  it('has the same id for the same submission', () => {
    expect(toInteraction(submission(PEM))?.id).toBe(toInteraction(submission(PEM))?.id);
    expect(toInteraction(submission(PEM))?.id).not.toBe(toInteraction(submission(PUBLIC_KEY))?.id);
  });
});
