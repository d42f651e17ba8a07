import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, quiet, type Said, seen } from '../support/ask.ts';
import { type BotWorld, MODES, startBotWorld } from '../support/bot-world.ts';
import { until } from '../support/until.ts';

const ROLLOUT_MS = 90_000;

describe.each(MODES)('a patch rollout over %s', { timeout: ROLLOUT_MS + 30_000 }, (mode) => {
  let world: BotWorld;

  beforeAll(async () => {
    world = await startBotWorld({ mode });
  });
  afterAll(() => world.stop());

  const cardOf = (as: string, channel: string, id = ''): Said =>
    seen(world, as, channel).findLast(
      ({ words }) => words.includes(`Rollout ${id}`) && words.includes('shows it again'),
    )!;
  const whispered = (as: string, channel: string): string =>
    seen(world, as, channel)
      .filter(({ isWhisper }) => isWhisper)
      .at(-1)?.words ?? '';

  async function press(as: string, channel: string, button: string): Promise<string> {
    const { ts } = cardOf(as, channel);
    expect(await world.human.click(as, { channel, ts }, button)).toMatchObject({ ok: true });
    await quiet(world);
    return whispered(as, channel);
  }
  const becomes = (channel: string, words: RegExp) =>
    until(`the card to say ${words}`, () => words.test(cardOf('alice', channel)?.text ?? ''), ROLLOUT_MS);

  it('is asked for, approved by one of ours and one of theirs, and done host by host', async () => {
    await ask(world, ['alice', 'acme-ops'], '/msops patch apply prod --reason "monthly patches"');
    const asked = cardOf('alice', 'acme-ops');
    expect(asked.words).toMatch(/Install 5 packages \(3 security\) on 2 hosts/);
    expect(asked.words).toContain('monthly patches');
    expect(asked.words).toMatch(/Must approve: 1 approver.*1 customer/);
    expect(asked.words).toMatch(/Waves: 1: apim-1 · 2: mi-2/);
    expect(cardOf('dana', 'acme-shared').words).toContain('Install 5 packages');

    expect(await press('alice', 'acme-ops', 'Approve')).toContain('somebody else has to decide');
    await press('carol', 'acme-ops', 'Approve');
    expect(await world.human.submit('carol', { typed: 'globex/prod' })).toMatchObject({ ok: false });
    expect(await world.human.submit('carol', { typed: 'acme/prod' })).toMatchObject({ ok: true });
    await quiet(world);
    expect(whispered('carol', 'acme-ops')).toContain('Still needed: 1 customer');
    expect(await press('carol', 'acme-ops', 'Approve')).toContain('You approved');
    expect(cardOf('dana', 'acme-shared').words).toContain('Approved so far by Carol Mensah');

    await press('dana', 'acme-shared', 'Approve');
    await world.human.submit('dana', { typed: 'acme/prod' });
    await becomes('acme-ops', /done|succeeded/i);
    await quiet(world);
    const done = cardOf('alice', 'acme-ops');
    expect(
      done.table.slice(1).map(([host]) => host),
      done.words,
    ).toEqual(['✅ apim-1', '✅ mi-2']);
    expect(cardOf('dana', 'acme-shared').text).toBe(done.text);
    const said = seen(world, 'alice', 'acme-ops').map(({ text }) => text);
    expect(said.filter((text) => /`apim-1` done/.test(text))).toHaveLength(1);
    expect(said.filter((text) => /: 2 of 2 hosts done in /.test(text))).toHaveLength(1);

    const [plan] = await ask(world, ['alice', 'acme-ops'], '/msops patch plan prod --hosts apim-1,mi-2');
    expect(plan?.text).toMatch(/no security updates|1 security update/);
    expect(plan?.text).toMatch(/[01] packages? pending/);
  });

  it('has an audit trail that tells requester, approvers and executor apart', async () => {
    const { rows } = await world.database.query<{ entry: string }>('select entry from audit order by seq');
    const entries = rows.map(({ entry }) => JSON.parse(entry) as { action: string; actorName: string; result: string });
    const by = (action: string) => entries.filter((entry) => entry.action === action).map(({ actorName }) => actorName);
    expect(by('change.requested')).toEqual(['Alice Moreau']);
    expect(by('change.approved')).toEqual(['Carol Mensah', 'Dana Okafor']);
    expect(by('rollout.run')).toEqual(['msops']);
    expect(by('host.change')).toEqual(['msops', 'msops']);
  });

  it('that is rejected ends with the reason on its card', async () => {
    await ask(world, ['alice', 'globex-ops'], '/msops patch apply prod --hosts db-proxy-1');
    await press('carol', 'globex-ops', 'Reject');
    await world.human.submit('carol', { reason: 'Not during the audit of <!channel>' });
    await becomes('globex-ops', /rejected/i);
    expect(cardOf('alice', 'globex-ops').words).toContain('Not during the audit of');
    expect(await press('carol', 'globex-ops', 'Details')).toBeDefined();
  });

  it('leaves nothing unforeseen in the log', () => {
    expect(world.log.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
