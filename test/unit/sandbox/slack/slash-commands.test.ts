import type { App } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Slack } from '../../../../sandbox/slack/start-slack.ts';
import { MODES, startTestApp, startTestSlack, type TestApp } from '../../../support/slack-app.ts';
import { until } from '../../../support/until.ts';

function listen(app: App): void {
  app.command('/msops', async ({ ack, command, client, respond }) => {
    if (command.text === 'at once') {
      await ack({ text: 'here already' });
      return;
    }
    await ack();
    const posted = await client.chat.postMessage({ channel: command.channel_id, text: `checking ${command.text}` });
    await client.chat.update({ channel: command.channel_id, ts: posted.ts ?? '', text: `checked ${command.text}` });
    await respond({ text: 'only for you' });
  });
}

for (const mode of MODES) {
  describe(`slash commands over ${mode}`, () => {
    let slack: Slack;
    let bolt: TestApp;

    beforeEach(async () => {
      slack = await startTestSlack(mode);
      bolt = await startTestApp(slack, { mode }, listen);
    });
    afterEach(async () => {
      await bolt.stop();
      await slack.stop();
    });

    it('are acked, answered, edited and answered in private', async () => {
      const outcome = await slack.human.say('alice', 'acme-ops', '/msops status prod');
      expect(outcome).toMatchObject({ ok: true });
      await until('the private answer', () => slack.seenBy('alice', 'acme-ops').messages.length === 2);

      const [status, answer] = slack.seenBy('alice', 'acme-ops').messages;
      expect(status).toMatchObject({ text: 'checked status prod', isEdited: true, isEphemeral: false });
      expect(answer).toMatchObject({ text: 'only for you', isEphemeral: true });
      expect(slack.seenBy('bob', 'acme-ops').messages.map(({ text }) => text)).toEqual(['checked status prod']);
    });

    it('show what the ack carries', async () => {
      await slack.human.say('alice', 'dm', '/msops at once');
      expect(slack.seenBy('alice', 'dm').messages).toMatchObject([{ text: 'here already', isEphemeral: true }]);
    });

    it('come with the fields of a direct message', async () => {
      await slack.human.say('alice', 'dm', '/msops a & <b>');
      expect(slack.deliveries[0]?.payload).toMatchObject({
        command: '/msops',
        text: 'a &amp; &lt;b&gt;',
        channel_id: 'D0ALICE',
        channel_name: 'directmessage',
        user_id: 'U0ALICE',
        team_id: 'T0MERIDIAN',
        is_enterprise_install: 'false',
      });
    });

    it('are refused for people of other companies, unknown commands and threads', async () => {
      for (const [who, line] of [
        ['dana', '/msops status prod'],
        ['alice', '/deploy'],
      ] as const) {
        const outcome = await slack.human.say(who, 'acme-shared', line);
        expect(outcome).toEqual({ ok: false, error: 'not_a_valid_command' });
        expect(slack.seenBy(who, 'acme-shared').messages.at(-1)?.text).toMatch(/^\/\w+ is not a valid command/);
      }
      const inThread = await slack.human.say('alice', 'acme-ops', { text: '/msops help', threadTs: '1.1' });
      expect(inThread.ok).toBe(false);
      expect(slack.deliveries).toEqual([]);
    });
  });
}
