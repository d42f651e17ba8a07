import type { App, SlackViewAction, ViewClosedAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Slack } from '../../../../sandbox/slack/start-slack.ts';
import { createTestClient, MODES, startTestApp, startTestSlack, type TestApp } from '../../../support/slack-app.ts';
import { until } from '../../../support/until.ts';

function modal(title: string, blocks: ModalView['blocks'] = []): ModalView {
  return {
    type: 'modal',
    callback_id: 'request',
    notify_on_close: true,
    private_metadata: 'r-42',
    title: { type: 'plain_text', text: title },
    submit: { type: 'plain_text', text: 'Send' },
    blocks,
  };
}

const REASON: ModalView['blocks'] = [
  {
    type: 'input',
    block_id: 'reason',
    label: { type: 'plain_text', text: 'Reason' },
    element: { type: 'plain_text_input', action_id: 'text', min_length: 3 },
  },
  {
    type: 'input',
    block_id: 'host',
    optional: true,
    label: { type: 'plain_text', text: 'Host' },
    element: { type: 'external_select', action_id: 'host' },
  },
];

function answerTo(reason: string | null | undefined) {
  switch (reason) {
    case 'bad':
      return { response_action: 'errors' as const, errors: { reason: 'Say more.' } };
    case 'push':
      return { response_action: 'push' as const, view: modal('Second') };
    case 'update':
      return { response_action: 'update' as const, view: modal('Other') };
    case 'clear':
      return { response_action: 'clear' as const };
    case 'wrong block':
      return { response_action: 'errors' as const, errors: { nothing: 'Unknown.' } };
    default:
      return undefined;
  }
}

for (const mode of MODES) {
  describe(`modals over ${mode}`, () => {
    let slack: Slack;
    let bolt: TestApp;
    let submitted: SlackViewAction[];
    let closed: unknown[];

    beforeEach(async () => {
      submitted = [];
      closed = [];
      slack = await startTestSlack(mode);
      bolt = await startTestApp(slack, { mode }, (app: App) => {
        app.command('/msops', async ({ ack, body, client }) => {
          await ack();
          await client.views.open({ trigger_id: body.trigger_id, view: modal('First', REASON) });
        });
        app.view('request', async ({ ack, body }) => {
          submitted.push(body);
          await ack(answerTo(body.view.state.values.reason?.text?.value) as never);
        });
        app.view<ViewClosedAction>({ callback_id: 'request', type: 'view_closed' }, async ({ ack, body }) => {
          await ack();
          closed.push({ title: body.view.title.text, is_cleared: body.is_cleared });
        });
        app.options('host', async ({ ack, options }) => {
          const names = ['gw-1', 'gw-2', 'is-1'].filter((name) => name.startsWith(options.value));
          await ack({ options: names.map((name) => ({ text: { type: 'plain_text', text: name }, value: name })) });
        });
      });
    });
    afterEach(async () => {
      await bolt.stop();
      await slack.stop();
    });

    async function openFirst(who = 'alice'): Promise<void> {
      await slack.human.say(who, 'acme-ops', '/msops request');
      await until('the modal', () => slack.seenBy(who).modal);
    }
    const title = (who = 'alice') => (slack.seenBy(who).modal?.view as ModalView | undefined)?.title.text;

    it('are seen by one person, refused by the client, refused by the app, then taken', async () => {
      await openFirst();
      expect(slack.seenBy('bob').modal).toBeUndefined();

      const empty = await slack.human.submit('alice');
      expect(empty).toMatchObject({ ok: false, errors: { reason: 'Please complete this required field.' } });
      const short = await slack.human.submit('alice', { reason: 'no' });
      expect(short.errors).toEqual({ reason: 'Please enter at least 3 characters.' });
      expect(submitted).toEqual([]);

      const refused = await slack.human.submit('alice', { Reason: 'bad' });
      expect(refused).toMatchObject({ ok: false, error: 'refused', errors: { reason: 'Say more.' } });
      expect(slack.seenBy('alice').modal?.errors).toEqual({ reason: 'Say more.' });

      const taken = await slack.human.submit('alice', { reason: 'memory leak', host: 'gw-2' });
      expect(taken.ok).toBe(true);
      expect(slack.seenBy('alice').modal).toBeUndefined();
      expect(submitted.at(-1)).toMatchObject({
        team: { id: 'T0MERIDIAN' },
        view: {
          private_metadata: 'r-42',
          app_installed_team_id: 'T0MERIDIAN',
          state: {
            values: {
              reason: { text: { value: 'memory leak' } },
              host: { host: { selected_option: { value: 'gw-2' } } },
            },
          },
        },
      });
    });

    it('are pushed, updated and cleared by the ack', async () => {
      await openFirst();
      await slack.human.submit('alice', { reason: 'push' });
      expect([title(), slack.seenBy('alice').modal?.depth]).toEqual(['Second', 2]);
      await slack.human.close('alice');
      expect(title()).toBe('First');
      await slack.human.submit('alice', { reason: 'update' });
      expect(title()).toBe('Other');
      await slack.human.close('alice', { isAll: true });
      await until('both to be told', () => closed.length === 2);
      expect(closed).toEqual([
        { title: 'Second', is_cleared: false },
        { title: 'Other', is_cleared: true },
      ]);
      await openFirst();
      await slack.human.submit('alice', { reason: 'clear' });
      expect(title()).toBeUndefined();
    });

    it('stay open with a notice when the app names a block that is not there', async () => {
      await openFirst();
      const outcome = await slack.human.submit('alice', { reason: 'wrong block' });
      expect(outcome).toMatchObject({ ok: false, error: 'invalid_errors' });
      expect(slack.seenBy('alice').modal?.notice).toMatch('trouble');
    });

    it('offer what the app suggests', async () => {
      await openFirst();
      const outcome = await slack.human.suggest('alice', {}, { action: 'host', query: 'gw' });
      expect(outcome.options?.map(({ value }) => value)).toEqual(['gw-1', 'gw-2']);
      await expect(slack.human.submit('alice', { host: 'db-9' })).rejects.toThrow('"db-9" cannot be chosen');
    });

    it('are not updated over a newer one when the hash is given', async () => {
      await openFirst();
      const view = slack.seenBy('alice').modal!;
      const client = createTestClient(slack);
      const first = await client.views.update({ view_id: view.id, view: modal('Newer') });
      await expect(client.views.update({ view_id: view.id, hash: '1.1', view: modal('Late') })).rejects.toThrow(
        'hash_conflict',
      );
      await client.views.update({ view_id: view.id, hash: first.view?.hash ?? '', view: modal('Newest') });
      expect(title()).toBe('Newest');
    });
  });
}

describe('a trigger', () => {
  let slack: Slack;
  afterEach(() => slack.stop());

  async function triggerOf(ttlMs: number): Promise<string> {
    slack = await startTestSlack('http', { triggerTtlMs: ttlMs });
    await slack.human.say('alice', 'acme-ops', '/msops request');
    return String(slack.deliveries[0]?.payload.trigger_id);
  }

  it('opens one view only', async () => {
    const trigger_id = await triggerOf(30_000);
    const client = createTestClient(slack);
    await client.views.open({ trigger_id, view: modal('First') });
    await expect(client.views.open({ trigger_id, view: modal('Again') })).rejects.toThrow('exchanged_trigger_id');
    await expect(client.views.open({ trigger_id: '1.1.abc', view: modal('Again') })).rejects.toThrow(
      'invalid_trigger_id',
    );
  });

  it('expires', async () => {
    const trigger_id = await triggerOf(0);
    const opening = createTestClient(slack).views.open({ trigger_id, view: modal('Late') });
    await expect(opening).rejects.toThrow('expired_trigger_id');
    expect(slack.seenBy('alice').modal).toBeUndefined();
  });
});
