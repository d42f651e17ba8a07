import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signedHeaders } from '../../sandbox/slack/delivery/signature.ts';
import { answer, quiet, seen } from '../support/ask.ts';
import { type BotWorld, MODES, startBotWorld } from '../support/bot-world.ts';

describe.each(MODES)('what Slack brings twice over %s', (mode) => {
  let world: BotWorld;

  beforeAll(async () => {
    world = await startBotWorld({ mode });
  });
  afterAll(() => world.stop());

  it('is done once when it is an event', async () => {
    await answer(world, ['dana', 'acme-shared'], '@msops hosts dev');
    const before = seen(world, 'dana', 'acme-shared');
    const { id } = world.slack.deliveries.findLast(({ what }) => what === 'app_mention')!;
    const acks = await Promise.all([world.slack.redeliver(id), world.slack.redeliver(id)]);
    expect(acks.map(({ ok }) => ok)).toEqual([true, true]);
    await quiet(world);
    expect(seen(world, 'dana', 'acme-shared')).toEqual(before);
  });

  it('is done once when both copies come at the same time', async () => {
    await world.slack.human.openHome('alice');
    const earlier = world.slack.deliveries.findLast(({ what }) => what === 'app_home_opened')!;
    const payload = {
      ...earlier.payload,
      event_id: 'Ev0TWICE',
      event: {
        type: 'message',
        channel_type: 'im',
        user: 'U0ALICE',
        channel: 'D0X',
        text: 'help',
        ts: '1.000001',
        team: 'T0MERIDIAN',
      },
    };
    world.slack.deliveries.push({ ...earlier, id: 'twice', payload });
    await Promise.all([1, 2, 3].map(() => world.slack.redeliver('twice')));
    await quiet(world);
    const { rows } = await world.database.query("select attempts from inbox where id = 'event:Ev0TWICE'");
    expect(rows).toEqual([{ attempts: 1 }]);
  });
});

describe('a command that comes twice over HTTP', () => {
  it('is answered once, and a forged one not at all', async () => {
    const world = await startBotWorld({ mode: 'http' });
    await answer(world, ['alice', 'acme-ops'], '/msops hosts dev');
    const before = seen(world, 'alice', 'acme-ops');
    const { payload } = world.slack.deliveries.findLast(({ kind }) => kind === 'slash_commands')!;
    const body = new URLSearchParams(payload as Record<string, string>).toString();
    const send = (secret: string, content = body): Promise<number> =>
      fetch(`http://127.0.0.1:${world.environment.PORT}/slack/events`, {
        method: 'POST',
        body: content,
        headers: { ...signedHeaders(content, secret), 'content-type': 'application/x-www-form-urlencoded' },
      }).then(({ status }) => status);

    expect(await send(world.slack.tokens.signingSecret)).toBe(200);
    expect(await send('not the secret', body.replace('hosts', 'status'))).toBe(401);
    await quiet(world);
    expect(seen(world, 'alice', 'acme-ops')).toEqual(before);
    await world.stop();
  });
});
