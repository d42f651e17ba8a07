import type { App, BlockAction } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Slack } from '../../../../sandbox/slack/start-slack.ts';
import { createTestClient, MODES, startTestApp, startTestSlack, type TestApp } from '../../../support/slack-app.ts';
import { until } from '../../../support/until.ts';

const CARD = [
  { type: 'section', text: { type: 'mrkdwn', text: 'Restart gw-1?' } },
  {
    type: 'actions',
    block_id: 'decision',
    elements: [
      { type: 'button', action_id: 'approve', value: 'r-42', text: { type: 'plain_text', text: 'Approve' } },
      { type: 'button', action_id: 'dismiss', text: { type: 'plain_text', text: 'Dismiss' } },
      {
        type: 'static_select',
        action_id: 'when',
        options: [
          { text: { type: 'plain_text', text: 'Now' }, value: 'now' },
          { text: { type: 'plain_text', text: 'Tonight' }, value: 'tonight' },
        ],
      },
    ],
  },
];

for (const mode of MODES) {
  describe(`buttons and menus over ${mode}`, () => {
    let slack: Slack;
    let bolt: TestApp;
    let bodies: BlockAction[];

    beforeEach(async () => {
      bodies = [];
      slack = await startTestSlack(mode);
      bolt = await startTestApp(slack, { mode }, (app: App) => {
        app.action(/.*/, async ({ ack, body, action, respond, client }) => {
          await ack();
          bodies.push(body as BlockAction);
          const { channel, message } = body as BlockAction;
          if ('action_id' in action && action.action_id === 'dismiss') {
            await respond({ delete_original: true });
          } else if (message !== undefined) {
            await client.chat.update({ channel: channel?.id ?? '', ts: message.ts, text: 'approved', blocks: [] });
          } else {
            await respond({ replace_original: true, text: 'replaced' });
          }
        });
      });
    });
    afterEach(async () => {
      await bolt.stop();
      await slack.stop();
    });

    const post = (channel: string) => createTestClient(slack).chat.postMessage({ channel, text: 'card', blocks: CARD });

    it('let the app edit the message that was clicked', async () => {
      await post('C0ACMEOPS');
      const outcome = await slack.human.click('bob', { channel: 'acme-ops' }, 'Approve');

      expect(outcome.ok).toBe(true);
      await until('the edit', () => slack.seenBy('carol', 'acme-ops').messages[0]?.text === 'approved');
      expect(slack.seenBy('carol', 'acme-ops').messages[0]).toMatchObject({ blocks: [], isEdited: true });
      expect(bodies[0]).toMatchObject({
        user: { id: 'U0BOB', team_id: 'T0MERIDIAN' },
        team: { id: 'T0MERIDIAN' },
        container: { type: 'message', channel_id: 'C0ACMEOPS', is_ephemeral: false },
        actions: [{ type: 'button', action_id: 'approve', block_id: 'decision', value: 'r-42' }],
      });
    });

    it('are those of the newest version when the message was edited during the click', async () => {
      const { ts = '' } = await post('C0ACMEOPS');
      const blocks = CARD.map((block) => ({ ...block, block_id: `${block.type}-2` }));
      await createTestClient(slack).chat.update({ channel: 'C0ACMEOPS', ts, text: 'card', blocks });
      await slack.human.click('bob', { channel: 'acme-ops', ts }, 'decision/approve');
      const [body] = await until('the click', () => (bodies.length > 0 ? bodies : undefined));
      expect(body?.actions[0]).toMatchObject({ action_id: 'approve', block_id: 'actions-2' });
    });

    it('name the company of somebody from outside as the company of the person, not of the app', async () => {
      await post('C0ACMESHARED');
      await slack.human.click('dana', { channel: 'acme-shared' }, 'approve');
      const [body] = await until('the click', () => (bodies.length > 0 ? bodies : undefined));
      expect(body).toMatchObject({ user: { id: 'U0DANA', team_id: 'T0ACME' }, team: { id: 'T0MERIDIAN' } });
    });

    it('come without the message, but can replace it, when it is ephemeral', async () => {
      const client = createTestClient(slack);
      await client.chat.postEphemeral({ channel: 'C0ACMEOPS', user: 'U0ALICE', text: 'card', blocks: CARD });
      await slack.human.click('alice', { channel: 'acme-ops' }, 'approve');

      await until('the new text', () => slack.seenBy('alice', 'acme-ops').messages[0]?.text === 'replaced');
      expect(bodies[0]).toMatchObject({ container: { is_ephemeral: true } });
      expect(bodies[0]?.message).toBeUndefined();
      expect(slack.seenBy('bob', 'acme-ops').messages).toEqual([]);
      await expect(slack.human.click('bob', { channel: 'acme-ops' }, 'approve')).rejects.toThrow('bob sees');
    });

    it('can delete the message by the response URL', async () => {
      await post('C0ACMEOPS');
      await slack.human.click('bob', { channel: 'acme-ops' }, 'dismiss');
      await until('the deletion', () => slack.seenBy('bob', 'acme-ops').messages.length === 0);
    });

    it('send what was chosen, with the state of the message', async () => {
      await post('C0ACMEOPS');
      await slack.human.select('bob', { channel: 'acme-ops' }, { action: 'when', value: 'Tonight' });
      const [body] = await until('the choice', () => (bodies.length > 0 ? bodies : undefined));
      expect(body).toMatchObject({
        actions: [{ type: 'static_select', action_id: 'when', selected_option: { value: 'tonight' } }],
        state: { values: { decision: { when: { selected_option: { value: 'tonight' } } } } },
      });
    });
  });
}
