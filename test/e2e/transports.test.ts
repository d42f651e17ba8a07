import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signedHeaders } from '../../sandbox/slack/delivery/signature.ts';
import { answer, quiet, seen } from '../support/ask.ts';
import { type BotWorld, MODES, startBotWorld } from '../support/bot-world.ts';

describe.each(MODES)('over %s', (mode) => {
  let world: BotWorld;

  beforeAll(async () => {
    world = await startBotWorld({ mode });
  });
  afterAll(() => world.stop());

  it('a command, a mention, a direct message, a button and the home tab reach the bot', async () => {
    const [shown] = await Promise.all([
      answer(world, ['alice', 'acme-ops'], '/msops status dev'),
      world.human.say('dana', 'acme-shared', '@msops hosts dev'),
      world.human.say('carol', 'dm', 'hosts acme/dev'),
      world.human.openHome('bob'),
    ]);
    expect(shown.text).toBe('✅ acme/dev: dev-1 is healthy');
    const clicked = await world.human.click('bob', { channel: 'acme-ops', ts: shown.ts }, 'Check again');
    expect(clicked.ok).toBe(true);
    await quiet(world);
    expect(seen(world, 'dana', 'acme-shared').at(-1)?.words).toContain('acme/dev: 1 host');
    expect(seen(world, 'carol', 'dm').at(-1)?.words).toContain('acme/dev: 1 host');
    expect(JSON.stringify(world.slack.seenBy('bob').home)).toContain('acme/dev');
    expect(seen(world, 'alice', 'acme-ops')).toMatchObject([{ text: '✅ acme/dev: dev-1 is healthy' }]);
  });

  it('an event that comes again is done once', async () => {
    const before = seen(world, 'dana', 'acme-shared');
    const { id } = world.slack.deliveries.findLast(({ what }) => what === 'app_mention')!;
    const acks = await Promise.all([world.slack.redeliver(id), world.slack.redeliver(id)]);
    expect(acks.map(({ ok }) => ok)).toEqual([true, true]);
    await quiet(world);
    expect(seen(world, 'dana', 'acme-shared')).toEqual(before);
  });

  it('copies that come at the same time are done once', async () => {
    const earlier = world.slack.deliveries.findLast(({ what }) => what === 'message.im')!;
    world.slack.deliveries.push({ ...earlier, id: 'twice', payload: { ...earlier.payload, event_id: 'Ev0TWICE' } });
    await Promise.all([1, 2, 3].map(() => world.slack.redeliver('twice')));
    await quiet(world);
    const { rows } = await world.database.query("select attempts from inbox where id = 'event:Ev0TWICE'");
    expect(rows).toEqual([{ attempts: 1 }]);
  });

  it.runIf(mode === 'http')('a command that comes again is answered once, and a forged one not at all', async () => {
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
  });
});
