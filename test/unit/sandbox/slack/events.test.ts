import type { App } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Slack } from '../../../../sandbox/slack/start-slack.ts';
import { MODES, startTestApp, startTestSlack, type TestApp } from '../../../support/slack-app.ts';
import { until } from '../../../support/until.ts';

interface Seen {
  readonly context: { teamId?: string | undefined };
  readonly body: Record<string, unknown> & { event: Record<string, unknown> };
}

for (const mode of MODES) {
  describe(`events over ${mode}`, () => {
    let slack: Slack;
    let bolt: TestApp;
    let seen: Seen[];

    beforeEach(async () => {
      seen = [];
      slack = await startTestSlack(mode);
      bolt = await startTestApp(slack, { mode }, (app: App) => {
        app.event(/.*/, async ({ body, context, event, client }) => {
          seen.push({ body: body as never, context });
          if (event.type === 'app_home_opened') {
            const blocks = [{ type: 'header' as const, text: { type: 'plain_text' as const, text: 'Home' } }];
            await client.views.publish({ user_id: event.user, view: { type: 'home', blocks } });
          }
        });
      });
    });
    afterEach(async () => {
      await bolt.stop();
      await slack.stop();
    });

    const next = async (type: string): Promise<Seen> =>
      until(`the event ${type}`, () => seen.find(({ body }) => body.event.type === type));

    it('tell a mention by somebody from outside with the company of that person', async () => {
      const outcome = await slack.human.say('dana', 'acme-shared', '@msops how is prod?');
      expect(outcome.ok).toBe(true);
      const { body, context } = await next('app_mention');
      expect(context.teamId).toBe('T0MERIDIAN');
      expect(body).toMatchObject({
        team_id: 'T0MERIDIAN',
        is_ext_shared_channel: true,
        authorizations: [{ team_id: 'T0MERIDIAN', is_bot: true }],
        event: {
          user: 'U0DANA',
          text: '<@U0MSOPS> how is prod?',
          channel: 'C0ACMESHARED',
          team: 'T0MERIDIAN',
          user_team: 'T0ACME',
          source_team: 'T0ACME',
          user_profile: { team: 'T0ACME' },
        },
      });
    });

    it('name no other company when one of our own people mentions the bot', async () => {
      await slack.human.say('alice', 'acme-ops', 'hey @msops & co');
      const { event } = (await next('app_mention')).body;
      expect(event).toMatchObject({ user: 'U0ALICE', text: 'hey <@U0MSOPS> &amp; co' });
      expect(event).not.toHaveProperty('user_team');
    });

    it('tell direct messages, but nothing of channels where the bot is not', async () => {
      await slack.human.say('mallory', 'random', '@msops hello?');
      await slack.human.say('alice', 'dm', 'hello @msops');
      const { event } = (await next('message')).body;
      expect(event).toMatchObject({ channel: 'D0ALICE', channel_type: 'im', user: 'U0ALICE', team: 'T0MERIDIAN' });
      expect(slack.deliveries.map(({ what }) => what)).toEqual(['message.im']);
    });

    it('open the Home tab, which the app fills', async () => {
      await slack.human.openHome('alice');
      await until('the Home tab', () => slack.seenBy('alice').home);
      expect((await next('app_home_opened')).body.event).toMatchObject({ user: 'U0ALICE', tab: 'home' });
      await expect(slack.human.openHome('dana')).rejects.toThrow('another company');
    });

    it('tell reactions without any company', async () => {
      const { message } = await slack.human.say('alice', 'acme-shared', 'look');
      await slack.human.react('dana', message!, 'eyes');
      const { event } = (await next('reaction_added')).body;
      expect(event).toMatchObject({ user: 'U0DANA', reaction: 'eyes', item: message, item_user: 'U0ALICE' });
      expect(JSON.stringify(event)).not.toContain('T0ACME');
    });

    it('tell the end of sharing, after which the people from outside are gone', async () => {
      await slack.human.unshare('acme-shared', 'T0ACME');
      expect((await next('channel_unshared')).body.event).toMatchObject({ previously_connected_team_id: 'T0ACME' });
      await expect(slack.human.say('dana', 'acme-shared', 'still here?')).rejects.toThrow('sees no channel');
      await slack.human.leave('bob', 'acme-ops');
      expect((await next('member_left_channel')).body.event).toMatchObject({ user: 'U0BOB', channel: 'C0ACMEOPS' });
    });

    it('tell the app that it was removed from a channel, and nothing of that channel afterwards', async () => {
      await slack.human.removeApp('alice', 'acme-shared');
      expect((await next('channel_left')).body.event).toMatchObject({ channel: 'C0ACMESHARED', actor_id: 'U0ALICE' });
      await slack.human.leave('dana', 'acme-shared');
      expect(slack.deliveries.map(({ what }) => what)).toEqual(['channel_left']);
    });

    it('tell of an account that is deactivated, also at another company', async () => {
      await slack.human.deactivate('dana');
      const { event } = (await next('user_change')).body;
      expect(event).toMatchObject({ user: { id: 'U0DANA', team_id: 'T0ACME', deleted: true } });
      await expect(slack.human.say('dana', 'acme-shared', 'hello')).rejects.toThrow('sees no channel');
    });

    it('come again with the same id when the ack got lost', async () => {
      await slack.human.say('alice', 'dm', 'hello');
      await slack.redeliver(slack.deliveries[0]!.id);
      await until('both', () => seen.length === 2);
      expect(new Set(seen.map(({ body }) => body.event_id)).size).toBe(1);
      expect(slack.deliveries.map(({ retryNum }) => retryNum)).toEqual([0, 1]);
    });
  });
}
