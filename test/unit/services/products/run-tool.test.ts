import { describe, expect, it } from 'vitest';
import { UserError } from '../../../../src/domain/errors.ts';
import type { JobState } from '../../../../src/services/rollouts/host-operations.ts';
import { createFakeExecutor } from '../../../support/fake-executor.ts';
import { at, CONFLICT, ended, environment, host, runTool, setUpChange, targetOf } from './changed-pack.ts';
import { type PackParts, STOPPED } from './pack-text.ts';

describe('the update tool that is refused', () => {
  it('starts the product again when the tool is refused though nothing was changed', async () => {
    const { update, world, asked, jobs } = setUpChange();
    const target = await targetOf(update);
    world.pack = { ...STOPPED, free: ['Filesystem 1024-blocks', '/dev/vda1 41943040 1 1000 99% /'] };
    expect(await runTool(update, target)).toMatchObject({
      ok: false,
      reason: expect.stringContaining('free on the disk of the pack'),
      advice: 'mi was started again at update level 5. Nothing was changed. Mend it and ask for a new rollout.',
    });
    expect(asked).toEqual(['start']);
    expect(jobs).toEqual([]);
  });

  it.each([
    [{ ...STOPPED, ...at(13) }, 'its pack is not as it was planned'],
    [{ ...STOPPED, ...CONFLICT }, 'its pack is not as it was planned'],
    [{ ...STOPPED, state: 1 }, 'its pack is not as it was planned'],
  ] satisfies [PackParts, string][])('leaves it stopped when the tool is refused for %j', async (pack, words) => {
    const { update, world, asked } = setUpChange();
    const target = await targetOf(update);
    world.pack = pack;
    const end = await runTool(update, target);
    expect(end).toMatchObject({ ok: false, advice: expect.stringMatching(/^mi stays stopped: .*Nothing was changed/) });
    expect(end).toMatchObject({ advice: expect.stringContaining(words) });
    expect(asked).toEqual([]);
  });

  it('says that it stays stopped when its pack cannot be read', async () => {
    const unreadable = createFakeExecutor({ 'mi-1': () => ({ exitCode: 1, stderr: 'sudo: a password is required' }) });
    const { update, asked } = setUpChange({ executor: unreadable });
    const work = (await targetOf(setUpChange().update)).work;
    expect(await runTool(update, { rolloutId: '7kq2m9xd', environment, host, work })).toMatchObject({
      ok: false,
      reason: expect.stringContaining('a password is required'),
      advice: 'mi stays stopped: its pack could not be read. Nothing was changed.',
    });
    expect(asked).toEqual([]);
  });
});

describe('the job of the update tool', () => {
  it('starts the product again when the job could not even begin, and says when that fails too', async () => {
    const { update, world } = setUpChange();
    const target = await targetOf(update);
    world.pack = STOPPED;
    world.run = () => Promise.reject(new UserError('A job could not be begun.', { hint: 'Make room.' }));
    world.start = { ok: false, reason: 'no JVM ever appeared' };
    expect(await runTool(update, target)).toMatchObject({
      ok: false,
      reason: 'A job could not be begun.',
      advice: expect.stringContaining('no JVM ever appeared'),
    });
  });

  it.each<JobState>([{ kind: 'running', output: '' }, ended(0), { kind: 'vanished', output: '' }])(
    'does not start the product when nobody can say how a job stands that was begun: %j',
    async (state) => {
      const { update, world, asked } = setUpChange();
      const target = await targetOf(update);
      world.pack = STOPPED;
      const unusable = new UserError('A job could not be looked at.');
      world.run = () => {
        world.found = state;
        return Promise.reject(unusable);
      };
      await expect(runTool(update, target)).rejects.toBe(unusable);
      expect(asked).toEqual([]);
    },
  );
});
