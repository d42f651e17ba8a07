import { describe, expect, it } from 'vitest';
import { checkBlocks } from '../../../sandbox/slack/blocks/check-blocks.ts';
import { NOW } from '../../support/builders.ts';
import { buttonsOf, wordsOf } from '../views/message-parts.ts';
import { ALICE, BOB, CAROL, DANA, ERIN, GUS, OPS, OUTSIDER, SHARED, setUpAccess } from './access-harness.ts';
import { said, whereTo } from './told.ts';

const ID = 'a7kq2m9x';
const ACTIVE = { grant: { state: 'active' } } as const;
const BUTTONS = ['access.shorter', 'access.extend', 'access.done', 'access.revoke', 'access.details'];
/** Of the same company and with the same name as the one whose access it is. */
const NAMESAKE = ['T0ACME', 'U0DANA2'] as const;

describe('the buttons of a grant', () => {
  it('end it when the person is done', async () => {
    const world = setUpAccess(ACTIVE);
    await world.click(DANA, SHARED, ['access.done', ID]);
    expect(world.calls).toEqual([['end', ID, { why: 'done', by: 'T0ACME:U0DANA' }]]);
    expect(said(world)).toContain('⏹️ Being ended: access `a7kq2m9x` of *Dana Okafor*');
    expect(world.audit[0]).toMatchObject({ action: 'access.done', customer: 'acme', result: 'succeeded' });
  });

  it('tell an operator to use Revoke instead, and others nothing of the kind', async () => {
    const world = setUpAccess(ACTIVE);
    await world.click(ALICE, SHARED, ['access.done', ID]);
    expect(said(world)).toContain('use Revoke on its card');
    const auditor = setUpAccess(ACTIVE);
    await auditor.click(ERIN, SHARED, ['access.done', ID]);
    expect(said(auditor)).not.toContain('Revoke');
    expect([...world.calls, ...auditor.calls]).toEqual([]);
  });

  it('show how to get in to the person alone, and to nobody else', async () => {
    const world = setUpAccess(ACTIVE);
    await world.click(DANA, SHARED, ['access.details', ID]);
    expect(said(world)).toContain('ProxyJump 198.51.100.7:2222');
    expect(world.told.map(({ to }) => whereTo(to))).toEqual([`ephemeral ${SHARED}`]);
    for (const who of [ALICE, BOB, GUS, OUTSIDER, NAMESAKE]) {
      const other = setUpAccess(ACTIVE);
      await other.click(who, SHARED, ['access.details', ID]);
      expect(said(other)).not.toContain('10.0.0.5');
      expect(other.audit[0]?.result).toBe('denied');
    }
  });

  it('show nothing of access that is not there yet, or over', async () => {
    for (const state of ['requested', 'ending', 'ended'] as const) {
      const world = setUpAccess({ grant: { state } });
      await world.click(DANA, SHARED, ['access.details', ID]);
      await world.click(DANA, SHARED, ['access.extend', ID]);
      expect(said(world)).not.toContain('10.0.0.5');
      expect(world.opened).toEqual([]);
    }
  });

  it('know nothing of the access of another customer, or of nobody', async () => {
    for (const id of ['g1', 'nosuch', '\u0000', 'x'.repeat(2_000)]) {
      for (const button of BUTTONS) {
        const world = setUpAccess(ACTIVE);
        await world.click(BOB, OPS, [button, id]);
        await world.click(DANA, SHARED, [button, id]);
        expect(said(world).match(/I know no such access here\./g)?.length).toBeGreaterThanOrEqual(2);
        expect([world.calls, world.opened]).toEqual([[], []]);
      }
    }
  });

  it('deny the people of another company, and who is known to nobody', async () => {
    for (const who of [GUS, OUTSIDER, NAMESAKE]) {
      for (const button of BUTTONS) {
        const world = setUpAccess(ACTIVE);
        await world.click(who, SHARED, [button, ID]);
        expect([world.calls, world.opened, world.audit[0]?.result]).toEqual([[], [], 'denied']);
      }
    }
  });
});

describe('Approve shorter', () => {
  it('offers earlier ends, and hands on the one that was chosen', async () => {
    const world = setUpAccess();
    await world.click(CAROL, OPS, ['access.shorter', ID]);
    const [view] = world.opened;
    expect(checkBlocks(view!.blocks, 'modal')).toEqual([]);
    const until = new Date(NOW.getTime() + 3_600_000).toISOString();
    expect(JSON.stringify(view)).toContain(until);
    await world.submit(CAROL, view!, { until });
    expect(world.calls).toEqual([['approveShorter', ID, 'T0MERIDIAN:U0CAROL', until]]);
    expect(said(world)).toContain('✅ Approved');
  });

  it('is for those who approve', async () => {
    for (const [who, where] of [
      [ALICE, OPS],
      [DANA, SHARED],
    ] as const) {
      const world = setUpAccess();
      await world.click(who, where, ['access.shorter', ID]);
      expect([world.opened, world.audit[0]?.result]).toEqual([[], 'denied']);
    }
  });

  it('does nothing with an end that is none', async () => {
    const world = setUpAccess();
    await world.click(CAROL, OPS, ['access.shorter', ID]);
    await world.submit(CAROL, world.opened[0]!, { until: 'tomorrow' });
    expect(world.calls).toEqual([]);
    expect(said(world)).toContain('That form belongs to an older version');
  });
});

describe('Extend', () => {
  it('asks for a later end, with a reason', async () => {
    const world = setUpAccess(ACTIVE);
    await world.click(DANA, SHARED, ['access.extend', ID]);
    const [view] = world.opened;
    expect(checkBlocks(view!.blocks, 'modal')).toEqual([]);
    expect(wordsOf(view!)).toContain('That stays so until the later end is approved');
    const until = new Date(NOW.getTime() + 8 * 3_600_000).toISOString();
    expect(JSON.stringify(view)).toContain(until);
    await world.submit(DANA, view!, { until, reason: 'not found yet' });
    expect(world.calls).toEqual([['extend', ID, 'T0ACME:U0DANA', until, 'not found yet']]);
    expect(said(world)).toContain('The old one counts until that is approved');
  });

  it('is refused to others, also when they send the form', async () => {
    const world = setUpAccess(ACTIVE);
    await world.click(ERIN, OPS, ['access.extend', ID]);
    expect(world.opened).toEqual([]);
    await world.click(DANA, SHARED, ['access.extend', ID]);
    await world.submit(ERIN, world.opened[0]!, { until: NOW.toISOString(), reason: 'because I can' });
    await world.submit(GUS, world.opened[0]!, { until: NOW.toISOString(), reason: 'because I can' });
    expect(world.calls).toEqual([]);
  });

  it('says so when it lasts as long as it may', async () => {
    const until = new Date(NOW.getTime() + 7 * 86_400_000);
    const world = setUpAccess({ grant: { state: 'active', until } });
    await world.click(DANA, SHARED, ['access.extend', ID]);
    expect([world.opened, said(world)]).toEqual([[], expect.stringContaining('as long as it may')]);
  });
});

describe('Revoke', () => {
  it('asks why, and ends it', async () => {
    const world = setUpAccess(ACTIVE);
    await world.click(ALICE, OPS, ['access.revoke', ID]);
    expect(checkBlocks(world.opened[0]!.blocks, 'modal')).toEqual([]);
    await world.submit(ALICE, world.opened[0]!, { reason: ' ' });
    expect(world.calls).toEqual([]);
    await world.submit(ALICE, world.opened[0]!, { reason: 'left the project' });
    expect(world.calls).toEqual([
      ['end', ID, { why: 'revoked', by: 'T0MERIDIAN:U0ALICE', reason: 'left the project' }],
    ]);
  });

  it('is a command too, whose reason needs no quotes', async () => {
    const world = setUpAccess(ACTIVE);
    await world.type(ALICE, OPS, `access revoke ${ID} --reason left the project`);
    expect(world.calls).toEqual([
      ['end', ID, { why: 'revoked', by: 'T0MERIDIAN:U0ALICE', reason: 'left the project' }],
    ]);
    await world.type(ALICE, OPS, `access revoke ${ID}`);
    expect(said(world)).toContain('Why?');
    expect(world.calls).toHaveLength(1);
  });

  it('is for those who manage access, by button and by command', async () => {
    const world = setUpAccess(ACTIVE);
    await world.click(DANA, SHARED, ['access.revoke', ID]);
    await world.mention(DANA, SHARED, `access revoke ${ID} --reason mine`);
    await world.type(CAROL, OPS, `access revoke ${ID} --reason mine`);
    expect([world.calls, world.opened]).toEqual([[], []]);
    expect(world.audit.map(({ result }) => result)).toEqual(['denied', 'denied', 'denied']);
  });
});

describe('the commands', () => {
  it('post one card a channel, and say how it is pinned', async () => {
    const world = setUpAccess();
    await world.type(ALICE, SHARED, 'access card');
    await world.type(ALICE, SHARED, 'access card');
    const cards = world.told.filter(({ key }) => key === `access-card:${SHARED}`);
    expect(cards.map(({ to }) => whereTo(to))).toEqual([`channel ${SHARED}`, `channel ${SHARED}`]);
    expect(buttonsOf(cards[0]!.message)).toEqual(['access.request=acme']);
    expect(said(world)).toContain('Pin to channel');
  });

  it('post no card where nobody could use it, nor for who may not', async () => {
    const world = setUpAccess();
    await world.type(ALICE, OPS, 'access card');
    await world.type(ALICE, 'D0ALICE', 'access card');
    await world.mention(DANA, SHARED, 'access card');
    expect(world.told.filter(({ key }) => key.startsWith('access-card'))).toEqual([]);
    const none = setUpAccess({ settings: undefined });
    await none.type(ALICE, SHARED, 'access card');
    expect(said(none)).toContain('that was not agreed');
  });

  it.each([
    ['access list', { customers: ['acme'] }],
    ['access list acme', { customers: ['acme'] }],
    ['access list prod', { customers: ['acme'], environment: 'prod' }],
    ['access list T0ACME:U0DANA', { customers: ['acme'], person: 'T0ACME:U0DANA' }],
    ['access list <@U0DANA>', { customers: ['acme'], person: 'T0ACME:U0DANA' }],
  ])('narrow "%s"', async (line, filter) => {
    const world = setUpAccess();
    await world.type(BOB, OPS, line);
    expect(world.calls).toEqual([['list', { ...filter, limit: 60 }]]);
    expect(said(world)).toContain('`a7kq2m9x`');
  });

  it("list to a customer's people their own company alone, as the shared card shows it", async () => {
    const world = setUpAccess(ACTIVE);
    await world.mention(DANA, SHARED, 'access list');
    expect(world.calls).toEqual([['list', { customers: ['acme'], limit: 60 }]]);
    expect(said(world)).not.toMatch(/globex|T0ACME/);
    const other = setUpAccess(ACTIVE);
    await other.mention(DANA, SHARED, 'access list globex');
    expect([other.calls, said(other)]).toEqual([[], expect.stringContaining('There is no customer, environment or')]);
  });

  it('show our eyes alone in a shared channel what a comparison found', async () => {
    for (const [where, kinds] of [
      [SHARED, ['response_url', 'response_url']],
      [OPS, [`channel ${OPS}`, `channel ${OPS}`]],
    ] as const) {
      const world = setUpAccess({ drifts: [{ kind: 'unknown', host: 'apim-1', text: 'no answer' }] });
      await world.type(ALICE, where, 'access drift prod');
      expect(world.calls).toEqual([['drift', 'acme/prod']]);
      expect(world.told.map(({ to }) => whereTo(to))).toEqual(kinds);
      expect(said(world)).toContain('no answer');
    }
    const dana = setUpAccess();
    await dana.mention(DANA, SHARED, 'access drift prod');
    expect([dana.calls, dana.audit[0]?.result]).toEqual([[], 'denied']);
  });
});
