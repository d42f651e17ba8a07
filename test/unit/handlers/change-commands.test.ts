import { describe, expect, it } from 'vitest';
import { shortId } from '../../../src/domain/short-id.ts';
import type { RolloutRequest } from '../../../src/services/rollouts/rollout-service.ts';
import { NOW } from '../../support/builders.ts';
import { aHostPlan, aHostState, aPlan, aRollout, someFacts } from '../views/rollout-builders.ts';
import { setUpChanges } from './changes-harness.ts';
import { CHANNELS } from './doors-of.ts';
import { said, whereTo, wordsIn } from './told.ts';

const DIRECT = 'D0ALICE';

type World = ReturnType<typeof setUpChanges>;

function requestOf({ calls }: World): RolloutRequest {
  const [, request] = calls.find(([name]) => name === 'request') ?? [];
  return request as RolloutRequest;
}

describe('patch apply', () => {
  it('asks for packages of the chosen hosts, with a reason and a time on the clocks of the environment', async () => {
    const world = setUpChanges();
    await world.type(
      'alice',
      CHANNELS.acmeOps,
      'patch apply prod --hosts apim-1 --security --refresh --at "sun 02:00" --reason "CVE"',
    );
    const { selection, ...request } = requestOf(world);
    expect(selection.hosts.map(({ name }) => name)).toEqual(['apim-1']);
    expect(request).toMatchObject({
      type: 'os_packages',
      spec: { only: 'security', refresh: true },
      reason: 'CVE',
      channelId: CHANNELS.acmeOps,
    });
    expect(request.startAt?.getTime()).toBeGreaterThan(NOW.getTime());
    expect(request.startAt?.toISOString()).toMatch(/T02:00:00/);
  });

  it('says that it plans, then where the card is, in one message', async () => {
    const world = setUpChanges();
    await world.type('alice', CHANNELS.acmeOps, 'patch apply prod');
    expect(world.told.map(({ key }) => key)).toEqual([world.told[0]?.key, world.told[0]?.key]);
    expect(said(world)).toMatch(/planning on 3 hosts…[\s\S]*the card of rollout/);
    expect(world.audit[0]).toMatchObject({
      action: 'patch.apply',
      customer: 'acme',
      environment: 'prod',
      result: 'succeeded',
    });
  });

  it('gives the same rollout id to a replay of the same request', async () => {
    const [first, again] = [setUpChanges(), setUpChanges()];
    await first.type('alice', CHANNELS.acmeOps, 'patch apply prod');
    await again.type('alice', CHANNELS.acmeOps, 'patch apply prod');
    expect(requestOf(first).id).toBe(requestOf(again).id);
    expect(requestOf(first).id).toBe(shortId(first.told[0]!.key));
  });

  it('puts the card of a direct message into the ops channel of the customer, and says so', async () => {
    const world = setUpChanges();
    await world.type('alice', DIRECT, 'patch apply acme/prod');
    expect(requestOf(world).channelId).toBe(CHANNELS.acmeOps);
    expect(said(world)).toContain('The card is in <#C0ACMEOPS>');
  });

  it('says what cannot be done, and how to do the rest', async () => {
    const requested = aPlan([aHostPlan('apim-1'), aHostPlan('apim-2')], {
      problems: [{ host: 'apim-2', text: 'dpkg was interrupted' }],
    });
    const world = setUpChanges({ requested });
    await world.type('alice', CHANNELS.acmeOps, 'patch apply prod --security');
    expect(said(world)).toContain('🚫 *acme/prod* cannot be done as asked');
    expect(said(world)).toContain('• `apim-2`: dpkg was interrupted');
    expect(said(world)).toContain('`/msops patch apply acme/prod --security --hosts apim-1`');
    const nothing = setUpChanges({ requested: aPlan([], { idle: ['apim-1'] }) });
    await nothing.type('alice', CHANNELS.acmeOps, 'patch apply prod');
    expect(said(nothing)).toContain('✅ *acme/prod*: nothing to do');
  });

  it('asks for a level of a product that is there', async () => {
    const world = setUpChanges();
    await world.type('alice', CHANNELS.acmeOps, 'patch apply prod --product nosuch --level 12');
    expect(said(world)).toContain('None of these hosts has a product called `nosuch`');
    for (const [typed, words] of [
      ['--product is', 'To which update level?'],
      ['--level 3', 'Which product'],
      ['--product is --level x', 'An update level is a number'],
      ['--product is --level 3 --security', 'about packages of the system'],
      ['--at "whenever"', 'Write it like'],
    ] as const) {
      const wrong = setUpChanges();
      await wrong.type('alice', CHANNELS.acmeOps, `patch apply prod ${typed}`);
      expect(said(wrong)).toContain(words);
      expect(wrong.calls).toEqual([]);
    }
  });

  it('is for those who may ask, and for customers of the channel', async () => {
    const carol = setUpChanges();
    await carol.type('carol', CHANNELS.acmeOps, 'patch apply prod');
    expect(said(carol)).toContain('`change.request` needs the role');
    const foreign = setUpChanges();
    await foreign.type('alice', CHANNELS.acmeOps, 'patch apply globex/prod');
    expect(said(foreign)).toContain('There is no environment `globex/prod` here');
    expect([...carol.calls, ...foreign.calls]).toEqual([]);
  });

  it('does not leave “planning…” behind when it fails', async () => {
    const world = setUpChanges();
    Object.assign(world.deps.services.rollouts, { request: async () => Promise.reject(new Error('no store')) });
    await world.type('alice', CHANNELS.acmeOps, 'patch apply prod');
    const [, shown] = world.told.filter(({ key }) => key === world.told[0]?.key);
    expect(wordsIn(shown!.message)).toContain('nothing was asked for');
    expect(world.audit[0]?.result).toBe('failed');
  });
});

describe('patch auto --enable and patch undo', () => {
  it('asks to switch automatic updates on, for which planning is not enough', async () => {
    const world = setUpChanges();
    await world.type('alice', CHANNELS.acmeOps, 'patch auto prod --enable');
    expect(requestOf(world)).toMatchObject({ type: 'automatic_updates', spec: {} });
    expect(world.audit[0]?.action).toBe('patch.auto_enable');
    const carol = setUpChanges();
    await carol.type('carol', CHANNELS.acmeOps, 'patch auto prod --enable');
    expect(said(carol)).toContain('`change.request` needs the role');
  });

  it('asks for the way back on the hosts that were changed', async () => {
    const work = { family: 'debian', packages: [{ name: 'openssl', from: '1', to: '2' }], along: [], repair: false };
    const plan = aPlan([aHostPlan('apim-1', { work }), aHostPlan('apim-2', { work })]);
    const hosts = [aHostState('apim-1', { state: 'done' }), aHostState('apim-2', { state: 'skipped' })];
    const facts = someFacts({ rollout: aRollout({ plan, state: 'failed' }), hosts });
    const world = setUpChanges({ facts });
    await world.type('alice', CHANNELS.acmeOps, 'patch undo 7KQ2M9XD');
    const { selection, type, spec } = requestOf(world);
    expect(selection.hosts.map(({ name }) => name)).toEqual(['apim-1']);
    expect({ type, spec }).toEqual({
      type: 'os_packages_undo',
      spec: { of: '7kq2m9xd', hosts: { 'apim-1': [{ name: 'openssl', to: '1' }] } },
    });
    const product = aPlan([aHostPlan('apim-1')], { type: 'product_update', spec: { product: 'apim', level: 12 } });
    const updated = setUpChanges({
      facts: someFacts({ rollout: aRollout({ plan: product, state: 'succeeded' }), hosts }),
    });
    await updated.type('alice', CHANNELS.acmeOps, 'patch undo 7kq2m9xd');
    expect(requestOf(updated)).toMatchObject({ type: 'product_revert', spec: { product: 'apim', of: '7kq2m9xd' } });
    const untouched = setUpChanges();
    await untouched.type('alice', CHANNELS.acmeOps, 'patch undo 7kq2m9xd');
    expect(said(untouched)).toContain('There is nothing of that rollout that I could take back.');
  });
});

describe('rollouts and rollout', () => {
  it('lists those of the customers that may be seen here', async () => {
    const world = setUpChanges();
    await world.type('alice', CHANNELS.opsAll, 'rollouts');
    await world.type('alice', CHANNELS.opsAll, 'rollouts acme/prod');
    expect(world.calls).toEqual([
      ['list', { customers: ['acme', 'globex', 'initech'], environment: undefined }],
      ['list', { customers: ['acme'], environment: 'prod' }],
    ]);
    expect(said(world)).toContain('There are no rollouts here.');
  });

  it('shows one again and draws its card again', async () => {
    const world = setUpChanges();
    await world.type('erin', CHANNELS.acmeOps, 'rollout 7kq2m9xd');
    expect(said(world)).toContain('Asked by *Alice Moreau*');
    expect(world.calls).toEqual([['redraw', '7kq2m9xd']]);
    const some = setUpChanges();
    await some.type('erin', CHANNELS.acmeOps, 'rollout 7kq2m9xd --hosts apim-2');
    expect(said(some)).toContain('Rollout `7kq2m9xd` on `apim-2`');
    expect(said(some)).not.toContain('`apim-1`\n      `openssl');
  });

  it('does not tell a rollout of another customer from one that is not there', async () => {
    const answers = await Promise.all(
      (['7kq2m9xd', 'nosuchid'] as const).map(async (id) => {
        const world = setUpChanges();
        await world.type('alice', 'C0GLOBEXOPS', `rollout ${id}`);
        return said(world);
      }),
    );
    expect(answers[0]).toContain('I know no such rollout here.');
    expect(answers[0]).toBe(answers[1]);
  });
});

describe('break-glass and unlock', () => {
  it('tells all channels of the customer, and everybody of ours who could have approved', async () => {
    const world = setUpChanges();
    await world.type('alice', CHANNELS.acmeOps, 'break-glass prod gateway down, certificate expired');
    const [, asked] = world.calls[0] ?? [];
    expect(asked).toMatchObject({ reason: 'gateway down, certificate expired', environment: { name: 'prod' } });
    const notices = world.told.filter(({ key }) => key.startsWith('break-glass:') && !key.startsWith('break-glass:C'));
    expect(world.told.map(({ to }) => whereTo(to))).toEqual([
      ...['channel C0ACMEOPS', 'channel C0OPSALL', 'channel C0ACMESHARED'],
      ...['direct U0CAROL', 'response_url'],
    ]);
    expect(notices.map(({ message }) => JSON.stringify(message).includes('break_glass.review'))).toEqual([
      ...[true, true, false],
      ...[false],
    ]);
    expect(said(world)).toContain('1 person and the channels of the customer were told');
  });

  it('wants a reason, and the permission', async () => {
    const world = setUpChanges();
    await world.type('alice', CHANNELS.acmeOps, 'break-glass prod');
    await world.type('carol', CHANNELS.acmeOps, 'break-glass prod because');
    await world.type('alice', CHANNELS.acmeOps, 'unlock prod because');
    expect(said(world)).toMatch(/Say why[\s\S]*`break_glass.use` needs[\s\S]*`lock.break` needs/);
    expect(world.calls).toEqual([]);
  });

  it('breaks a lock for all to see', async () => {
    const world = setUpChanges();
    await world.type('carol', CHANNELS.acmeOps, 'unlock prod the old bot holds it');
    expect(world.calls[0]?.[1]).toMatchObject({
      customer: 'acme',
      environment: 'prod',
      reason: 'the old bot holds it',
    });
    expect(said(world)).toContain('broke the lock of *acme/prod*: “the old bot holds it”');
    expect(said(world)).toContain('by rollout `2b3c4d5e` of *Alice Moreau*');
    expect(whereTo(world.told[0]!.to)).toBe('channel C0ACMEOPS');
  });
});
