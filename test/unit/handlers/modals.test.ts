import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { MODES } from '../../support/slack-app.ts';
import { until } from '../../support/until.ts';
import { type ModalWorld, REASON, startModalWorld } from './modal-world.ts';

for (const mode of MODES) {
  describe(`a modal over ${mode}`, () => {
    let world: ModalWorld;
    beforeAll(async () => {
      world = await startModalWorld(mode);
    });
    afterEach(() => {
      expect(world.log.filter(({ level }) => level === 'error')).toEqual([]);
      world.slack.world.messages.splice(0);
    });
    afterAll(() => world.stop());

    const modalOf = (as: string) => world.slack.seenBy(as).modal;
    const said = (as: string, channel: string) => world.slack.seenBy(as, channel).messages;

    async function open(as: string, channel: string, threadTs?: string): Promise<void> {
      const ts = await world.showButton(channel, threadTs);
      await world.human.click(as, { channel, ts }, 'demo.open');
      await until('the modal', () => modalOf(as));
      await world.idle();
    }

    /** As an older version of the bot would have drawn it. */
    function redraw(as: string, change: object): void {
      const view = world.slack.world.views.get(modalOf(as)?.id ?? '');
      Object.assign(view?.definition ?? {}, change);
    }

    it('stays open with what is wrong, as often as it is sent, and is worked on when it is right', async () => {
      await open('alice', 'acme-ops');
      for (const reason of ['no', 'no', 'why not']) {
        const refused = await world.human.submit('alice', { reason });
        expect(refused.errors).toEqual({ reason: 'Begin with "because".' });
        await world.idle();
      }
      expect(said('alice', 'acme-ops')).toHaveLength(1);
      expect(world.audit.filter(({ action }) => action === 'demo.reject')).toEqual([]);

      expect((await world.human.submit('alice', { reason: 'because of the leak' })).ok).toBe(true);
      expect(modalOf('alice')).toBeUndefined();
      await world.idle();
      expect(said('bob', 'acme-ops').at(-1)?.text).toBe('apr-1 rejected in a channel because of the leak');
      expect(world.audit.at(-1)).toMatchObject({
        action: 'demo.reject',
        actor: 'T0MERIDIAN:U0ALICE',
        channelId: 'C0ACMEOPS',
        result: 'succeeded',
      });
      expect([...world.inbox.states.values()].filter((state) => state !== 'done')).toEqual([]);
    });

    it('answers in the thread in which it was opened', async () => {
      const card = await world.showButton('acme-ops');
      await open('bob', 'acme-ops', card);
      await world.human.submit('bob', { reason: 'because' });
      await world.idle();
      const [message, ...others] = said('alice', 'acme-ops');
      expect(others).toEqual([]);
      expect(message?.replies.at(-1)?.text).toBe('apr-1 rejected in a channel because');
    });

    it("knows the customer's person by their own workspace, and whispers to them in the shared channel", async () => {
      await open('dana', 'acme-shared');
      await world.human.submit('dana', { reason: 'because I want to know' });
      await world.idle();
      expect(said('dana', 'acme-shared').at(-1)).toMatchObject({
        text: 'It was decided already, says T0ACME:U0DANA.',
        isEphemeral: true,
      });
      expect(said('alice', 'acme-shared')).toHaveLength(1);
      expect(world.audit.at(-1)).toMatchObject({ actor: 'T0ACME:U0DANA', action: 'demo.reject', result: 'failed' });
    });

    it('is closed without a word', async () => {
      await open('alice', 'acme-ops');
      const before = [...world.inbox.states];
      expect((await world.human.close('alice')).ok).toBe(true);
      await world.idle();
      expect([...world.inbox.states]).toEqual(before);
      expect(said('alice', 'acme-ops')).toHaveLength(1);
    });

    it.each([
      ['remembers garbage', { private_metadata: 'apr-1' }],
      ['nobody knows any more', { callback_id: 'demo.gone' }],
    ])('that %s is answered with a sentence', async (_what, change) => {
      await open('alice', 'acme-ops');
      redraw('alice', change);
      expect((await world.human.submit('alice', { reason: 'because' })).ok).toBe(true);
      await world.idle();
      const told = [...said('alice', 'acme-ops'), ...said('alice', 'dm')].map(({ text }) => text);
      expect(told.filter((text) => text.includes('belongs to an older version of me'))).toHaveLength(1);
      expect(world.audit.at(-1)).toMatchObject({ action: 'command.unknown', result: 'failed' });
    });

    it('that has other inputs than its check knows is closed, and the errors are whispered', async () => {
      await open('alice', 'acme-ops');
      redraw('alice', { blocks: [{ ...REASON, block_id: 'why' }] });
      expect((await world.human.submit('alice', { why: 'because' })).ok).toBe(true);
      await world.idle();
      expect(said('alice', 'acme-ops').at(-1)).toMatchObject({
        text: 'Begin with "because".\nNothing was done: please open the form again.',
        isEphemeral: true,
      });
    });
  });

  describe(`a modal over ${mode} while the store is away`, () => {
    it('stays open, and is worked on when it is sent again', async () => {
      const world = await startModalWorld(mode, { ackTimeoutMs: 800 });
      const ts = await world.showButton('acme-ops');
      await world.human.click('alice', { channel: 'acme-ops', ts }, 'demo.open');
      await until('the modal', () => world.slack.seenBy('alice').modal);
      world.inbox.outage = Promise.reject(new Error('connection terminated'));
      world.inbox.outage.catch(() => undefined);
      expect((await world.human.submit('alice', { reason: 'because' })).ok).toBe(false);
      expect(world.slack.seenBy('alice').modal?.notice).toMatch('Try again');

      world.inbox.outage = Promise.resolve();
      await until(
        'the submission to be taken',
        async () => (await world.human.submit('alice', { reason: 'because' })).ok,
      );
      await world.idle();
      const said = world.slack.seenBy('alice', 'acme-ops').messages.filter(({ text }) => /rejected/.test(text));
      expect(said).toHaveLength(1);
      await world.stop();
    });
  });
}

describe('a click that was answered too late', () => {
  it('gets a sentence instead of a modal', async () => {
    const world = await startModalWorld('socket', { triggerTtlMs: 0 });
    const ts = await world.showButton('acme-ops');
    await world.human.click('alice', { channel: 'acme-ops', ts }, 'demo.open');
    await world.idle();
    expect(world.slack.seenBy('alice').modal).toBeUndefined();
    const whisper = world.slack.seenBy('alice', 'acme-ops').messages.at(-1);
    expect(whisper).toMatchObject({ isEphemeral: true, text: expect.stringContaining('Please click again.') });
    expect(world.audit).toMatchObject([{ action: 'demo.open_form', result: 'failed' }]);
    await world.stop();
  });
});
