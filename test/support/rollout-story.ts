import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, hostsOf, seen } from './ask.ts';
import { type BotWorld, type Mode, startBotWorld } from './bot-world.ts';
import { observeBriefly } from './change-config.ts';
import { createRolloutTalk, type RolloutTalk } from './rollout-talk.ts';

const STORY_MS = 120_000;
const ALICE = ['alice', 'acme-ops'] as const;
const CAROL = ['carol', 'acme-ops'] as const;
const DANA = ['dana', 'acme-shared'] as const;
const GLOBEX = ['carol', 'globex-ops'] as const;

/** A rollout from the request to the summary, and one that is rejected. */
export function describeRollout(mode: Mode): void {
  describe(`a patch rollout over ${mode}`, { timeout: STORY_MS }, () => {
    let world: BotWorld;
    let talk: RolloutTalk;
    let id: string;

    beforeAll(async () => {
      world = await startBotWorld({ mode, configure: observeBriefly });
      talk = createRolloutTalk(world);
    });
    afterAll(() => world.stop());

    it('is asked for where the customer sees it too', async () => {
      id = await talk.request(ALICE, '/msops patch apply prod --reason "monthly patches"');
      const asked = await talk.card(id, ALICE);
      expect(asked.words).toMatch(/Install 5 packages \(3 security\) on 2 hosts/);
      expect(asked.words).toContain('monthly patches');
      expect(asked.words).toMatch(/Must approve: 1 approver.*1 customer/);
      expect((await talk.find(id))?.waves).toEqual([['apim-1'], ['mi-2']]);
      expect((await talk.card(id, DANA)).words).toContain('Install 5 packages');
    });

    it('is approved by one of ours and one of theirs, who type its name, and never by whoever asked', async () => {
      expect(await talk.press(id, ALICE, 'Approve')).toContain('somebody else has to decide');
      await talk.press(id, CAROL, 'Approve');
      expect(await world.human.submit('carol', { typed: 'globex/prod' })).toMatchObject({ ok: false });
      expect(await talk.submit(CAROL, { typed: 'acme/prod' })).toContain('Still needed: 1 customer');
      expect(await talk.press(id, CAROL, 'Approve')).toContain('You approved');
      expect((await talk.card(id, DANA)).words).toContain('Approved so far by Carol Mensah');
      await talk.press(id, DANA, 'Approve');
      await talk.submit(DANA, { typed: 'acme/prod' });
    });

    it('is done host by host, which every card and the thread tell once', async () => {
      await talk.becomes(id, 'succeeded');
      const done = await talk.card(id, ALICE);
      expect(hostsOf(done), done.words).toEqual(['✅ apim-1', '✅ mi-2']);
      expect((await talk.card(id, DANA)).text).toBe(done.text);
      const said = seen(world, ...ALICE).map(({ text }) => text);
      expect(said.filter((text) => /`apim-1` done/.test(text))).toHaveLength(1);
      expect(said.filter((text) => /: 2 of 2 hosts done in /.test(text))).toHaveLength(1);
      const [plan] = await ask(world, ALICE, '/msops patch plan prod --hosts apim-1,mi-2');
      expect(plan?.text).toContain('1 security update on 1 of 2 hosts, 1 package pending'); // The one that is held.
    });

    it('has an audit trail that tells requester, approvers and executor apart', async () => {
      const { rows } = await world.database.query<{ entry: string }>('select entry from audit order by seq');
      const entries = rows.map(({ entry }) => JSON.parse(entry) as { action: string; actorName: string });
      const by = (action: string) =>
        entries.filter((entry) => entry.action === action).map(({ actorName }) => actorName);
      expect(by('change.requested')).toEqual(['Alice Moreau']);
      expect(by('change.approved')).toEqual(['Carol Mensah', 'Dana Okafor']);
      expect(by('rollout.run')).toEqual(['msops']);
      expect(by('host.change')).toEqual(['msops', 'msops']);
    });

    it('that is rejected ends with the reason on its card', async () => {
      const rejected = await talk.request(['alice', 'globex-ops'], '/msops patch apply prod --hosts db-proxy-1');
      await talk.press(rejected, GLOBEX, 'Reject');
      await talk.submit(GLOBEX, { reason: 'Not during the audit of <!channel>' });
      await talk.becomes(rejected, 'rejected');
      const { words } = await talk.card(rejected, GLOBEX);
      expect(words).toContain('Not during the audit of');
      expect(words).not.toContain('<!channel>');
    });

    it('leaves nothing unforeseen in the log', () => {
      expect(world.log.filter(({ level }) => level === 'error')).toEqual([]);
    });
  });
}
