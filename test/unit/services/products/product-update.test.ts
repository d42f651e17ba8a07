import { describe, expect, it } from 'vitest';
import { HopFailure } from '../../../../src/domain/hop-failure.ts';
import type { JobState } from '../../../../src/services/rollouts/host-operations.ts';
import { aHopFailure, aProduct } from '../../../support/builders.ts';
import { createFakeExecutor } from '../../../support/fake-executor.ts';
import { aHost } from '../../../support/world.ts';
import {
  at,
  CONFLICT,
  ended,
  environment,
  host,
  MI,
  runTool,
  SPEC,
  selection,
  setUpChange,
  signal,
  targetOf,
} from './changed-pack.ts';
import { type PackParts, STOPPED } from './pack-text.ts';

describe('plan of an update', () => {
  it('says what is done where, and how to go back', async () => {
    const plan = await setUpChange().update.plan(SPEC, selection);
    expect(plan).toEqual({
      type: 'product_update',
      kind: 'update',
      spec: SPEC,
      title: 'Update mi to level 12 on 1 host',
      hosts: [
        {
          host: 'mi-1',
          role: 'integrator',
          lines: ['wso2mi-4.4.0: update level 5 → 12', 'stop and start of mi'],
          work: { product: 'mi', home: MI.home, user: 'wso2', program: 'wso2update_linux', from: 5, level: 12 },
          rollback: '`wso2update_linux --revert` as wso2, from the backup that the update makes',
        },
      ],
      idle: [],
      problems: [],
      warnings: [],
    });
  });

  it('has nothing to do on a host that is there', async () => {
    const { update, world } = setUpChange();
    world.pack = at(12);
    expect(await update.plan(SPEC, selection)).toMatchObject({ hosts: [], idle: ['mi-1'], problems: [] });
  });

  it.each([
    [{ product: 'mi' }, {}, 'must be a number'],
    [{ product: 'mi', level: 0 }, {}, 'must be a number'],
    [{ product: 'tomcat', level: 12 }, {}, 'none of these hosts has a product called "tomcat"'],
    [SPEC, { credentials: undefined }, 'set WSO2_UPDATE_USERNAME and WSO2_UPDATE_PASSWORD'],
  ])('cannot be requested as %j with %j', async (spec, overrides, words) => {
    const plan = await setUpChange(overrides).update.plan(spec, selection);
    expect(plan.problems.map(({ text }) => text).join()).toContain(words);
  });

  it('is a problem for a host that cannot be asked, or whose pack is not fit', async () => {
    const failing = createFakeExecutor({ 'mi-1': () => Promise.reject(new HopFailure(aHopFailure())) });
    const lost = await setUpChange({ executor: failing }).update.plan(SPEC, selection);
    expect(lost.problems).toEqual([
      { host: 'mi-1', text: 'it could not be asked: connection refused at host esb-2', failure: aHopFailure() },
    ]);
    const { update, world } = setUpChange();
    world.pack = CONFLICT;
    expect(await update.plan(SPEC, selection)).toMatchObject({
      hosts: [],
      problems: [{ host: 'mi-1', text: expect.stringContaining('1 conflict: a.jag') }],
    });
  });

  it('warns of nodes that would stay on another level', async () => {
    const two = { ...environment, hosts: [host, aHost('mi-2', { products: [MI] })] };
    const plan = await setUpChange().update.plan(SPEC, { environment: two, hosts: [host] });
    expect(plan.warnings).toEqual([{ text: 'mi-2 of the same environment would stay on another level' }]);
  });
});

describe('update of a host', () => {
  it('stops, updates, starts', async () => {
    const { update, world, asked, jobs } = setUpChange();
    const target = await targetOf(update);
    const steps = update.steps(target);
    expect(steps.map(({ name }) => name)).toEqual(['stop mi', 'update mi to level 12', 'start mi']);
    world.pack = STOPPED;
    world.run = () => {
      world.pack = { ...STOPPED, ...at(12) };
      return ended(0, 'Successfully updated, password=hunter2');
    };
    await steps[0]?.run(target, signal);
    const end = await steps[1]?.run(target, signal);
    await steps[2]?.run(target, signal);
    expect(end).toMatchObject({ ok: true, note: 'update level 5 → 12' });
    expect(JSON.stringify(end)).not.toContain('hunter2');
    expect(asked).toEqual(['stop', 'start']);
    expect(jobs).toMatchObject([
      {
        id: '7kq2m9xd-update-mi',
        args: ['/opt/wso2/wso2mi', 'wso2', 'wso2update_linux', '--level', '12'],
        secrets: { UPDATE_TOOL_USERNAME: 'ops@acme.example', UPDATE_TOOL_PASSWORD: 'hunter2' },
      },
    ]);
    expect(JSON.stringify([jobs[0]?.args, jobs[0]?.script])).not.toContain('hunter2');
  });

  it('is done when the level is reached and the product runs', async () => {
    const { update, world } = setUpChange();
    const target = await targetOf(update);
    expect(await update.inspect(target)).toEqual({ state: 'to_do', note: 'it is at update level 5' });
    world.pack = { ...at(12), ...STOPPED };
    expect(await update.inspect(target)).toMatchObject({
      state: 'to_do',
      note: expect.stringContaining('does not run'),
    });
    world.pack = { ...at(12), ...CONFLICT };
    expect(await update.inspect(target)).toMatchObject({ state: 'to_do' });
    world.pack = at(12);
    expect(await update.inspect(target)).toMatchObject({ state: 'done' });
  });

  it('does not run the tool on a level that is reached, nor on a product that runs', async () => {
    const { update, world, jobs } = setUpChange();
    const target = await targetOf(update);
    expect(await runTool(update, target)).toMatchObject({
      ok: false,
      reason: expect.stringContaining('to be stopped'),
    });
    world.pack = at(12);
    expect(await runTool(update, target)).toMatchObject({ ok: true });
    world.pack = { ...STOPPED, config: ['{"update-level": 5, "hotfixes": ["x-hf-1"]}'] };
    expect(await runTool(update, target)).toMatchObject({ ok: false, reason: expect.stringContaining('x-hf-1') });
    expect(jobs).toEqual([]);
  });

  it('goes on with the job that is there, though the product was started again meanwhile', async () => {
    const { update, world, jobs } = setUpChange();
    const target = await targetOf(update);
    world.found = ended(1);
    world.run = () => ended(1, 'Unable to connect to WSO2 Update');
    expect(await runTool(update, target)).toMatchObject({ ok: false, reason: expect.stringContaining('exit code 1') });
    expect(jobs).toHaveLength(1);
  });

  it.each([
    [ended(1, 'boom'), 'the update failed (exit code 1)'],
    [ended(2), 'updated itself twice'],
    [ended(4), 'reverted what it had done'],
    [ended(71), 'could not be run (exit code 71)'],
    [ended(0), 'the pack is at update level 5'],
  ])('starts the product again after %j, which changed nothing', async (state, reason) => {
    const { update, world, asked } = setUpChange();
    const target = await targetOf(update);
    world.pack = STOPPED;
    world.run = () => state;
    expect(await runTool(update, target)).toMatchObject({
      ok: false,
      reason: expect.stringContaining(reason),
      advice: expect.stringContaining('mi was started again at update level 5.'),
    });
    expect(asked).toEqual(['start']);
  });

  it.each([
    [ended(3), { ...STOPPED, ...CONFLICT }, ['conflicts: a.jag', '.final']],
    [ended(1), { ...STOPPED, ...at(9) }, ['exit code 1', 'half-way']],
    [ended(1), { ...STOPPED, ...CONFLICT }, ['exit code 1', 'half-way']],
    [ended(1), { ...STOPPED, state: 1 }, ['exit code 1', 'half-way']],
    [{ kind: 'vanished', output: '' }, STOPPED, ['cut off', 'revert the pack']],
    [{ kind: 'running', output: '' }, STOPPED, ['did not end in time', 'Wait for it']],
  ] satisfies [JobState, PackParts, [string, string]][])(
    'leaves the product stopped after %j with %j',
    async (state, after, [reason, advice]) => {
      const { update, world, asked } = setUpChange();
      const target = await targetOf(update);
      world.pack = STOPPED;
      world.run = () => {
        world.pack = after;
        return state;
      };
      const end = await runTool(update, target);
      expect(end).toMatchObject({ ok: false, reason: expect.stringContaining(reason) });
      expect(end).toMatchObject({ advice: expect.stringMatching(/^mi stays stopped/) });
      expect(end).toMatchObject({ advice: expect.stringContaining(advice) });
      expect(asked).toEqual([]);
    },
  );

  it('refuses work for a product that the inventory has changed since', async () => {
    const { update } = setUpChange();
    const target = await targetOf(update);
    const moved = aHost('mi-1', { products: [aProduct({ name: 'mi', home: '/srv/mi' })] });
    expect(() => update.steps({ ...target, host: moved })).toThrow(/does not have mi in \/opt/);
    expect(() => update.steps({ ...target, work: { packages: [] } })).toThrow(TypeError);
  });
});
