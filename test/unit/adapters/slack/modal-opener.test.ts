import type { ModalView } from '@slack/types';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Slack } from '../../../../sandbox/slack/start-slack.ts';
import { createModalOpener } from '../../../../src/adapters/slack/modal-opener.ts';
import { toSlackLogger } from '../../../../src/adapters/slack/slack-logger.ts';
import { createWebClients } from '../../../../src/adapters/slack/web-clients.ts';
import { UserError } from '../../../../src/domain/errors.ts';
import { Secret } from '../../../../src/domain/secret.ts';
import { createRecordingLogger } from '../../../support/recording-logger.ts';
import { startTestSlack } from '../../../support/slack-app.ts';

const FORM: ModalView = {
  type: 'modal',
  callback_id: 'demo',
  title: { type: 'plain_text', text: 'Reject' },
  blocks: [{ type: 'divider' }],
};

let slack: Slack;
let opener: ReturnType<typeof createModalOpener>;
beforeAll(async () => {
  slack = await startTestSlack('http');
  const logger = toSlackLogger(createRecordingLogger());
  const { modals } = createWebClients({ botToken: new Secret(slack.tokens.bot), apiUrl: slack.apiUrl, logger });
  opener = createModalOpener(modals);
});
afterEach(() => slack.faults.splice(0));
afterAll(() => slack.stop());

async function aTrigger(): Promise<string> {
  await slack.human.say('alice', 'acme-ops', '/msops help');
  return String(slack.deliveries.at(-1)?.payload.trigger_id);
}

async function failureOf(opening: Promise<unknown>): Promise<UserError> {
  const error = await opening.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(UserError);
  return error as UserError;
}

describe('createModalOpener', () => {
  it('opens one modal for a click, and asks for another click then', async () => {
    const trigger = await aTrigger();
    await opener.open(trigger, FORM);
    expect(slack.seenBy('alice').modal?.view).toMatchObject({ callback_id: 'demo' });
    expect((await failureOf(opener.open(trigger, FORM))).hint).toBe('Please click again.');
  });

  it.each(['', '1.1.abc'])('asks for another click when Slack does not know the trigger "%s"', async (trigger) => {
    expect((await failureOf(opener.open(trigger, FORM))).hint).toBe('Please click again.');
  });

  it.each([
    ['asks for patience', { status: 429, retryAfter: 30 }, 'asked for too much'],
    ['is broken', { status: 503 }, 'did not answer'],
    ['loses the answer', { loseAnswer: true }, 'If it is not there'],
  ])('says so at once, and does not try again, when Slack %s', async (_what, fault, words) => {
    const trigger = await aTrigger();
    slack.faults.push({ method: 'views.open', times: 1, ...fault });
    const before = slack.calls.filter(({ method }) => method === 'views.open').length;
    const { message, hint } = await failureOf(opener.open(trigger, FORM));
    expect(`${message} ${hint}`).toContain(words);
    expect(slack.calls.filter(({ method }) => method === 'views.open')).toHaveLength(before + 1);
  });

  it('changes what is open, and leaves alone what was closed or changed meanwhile', async () => {
    const opened = await opener.open(await aTrigger(), FORM);
    const later = { ...FORM, title: { type: 'plain_text', text: 'Later' } } as const;
    await opener.update(opened, later);
    expect(slack.seenBy('alice').modal?.view).toMatchObject({ title: { text: 'Later' } });
    await opener.update(opened, FORM);
    expect(slack.seenBy('alice').modal?.view).toMatchObject({ title: { text: 'Later' } });
    await opener.update({ viewId: 'V0GONE' }, FORM);
    slack.faults.push({ method: 'views.update', times: 1, status: 503 });
    await failureOf(opener.update(opened, FORM));
  });

  it('does not hide a view that Slack will never take', async () => {
    const tooLong = { ...FORM, title: { type: 'plain_text', text: 'x'.repeat(25) } } as const;
    await expect(opener.open(await aTrigger(), tooLong)).rejects.not.toBeInstanceOf(UserError);
  });
});
