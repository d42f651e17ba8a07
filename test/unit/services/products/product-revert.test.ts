import { describe, expect, it } from 'vitest';
import { at, CONFLICT, ended, runTool, selection, setUpChange, targetOf } from './changed-pack.ts';
import { type PackParts, STOPPED } from './pack-text.ts';

describe('revert of an update', () => {
  const of = { product: 'mi', of: '7kq2m9xd' };

  it('is planned with plain words about there being no way back from it', async () => {
    const plan = await setUpChange().revert.plan(of, selection);
    expect(plan).toMatchObject({ kind: 'update', problems: [], idle: [] });
    expect(plan.hosts[0]).toMatchObject({ work: { from: 5, hadConflicts: false }, rollback: /^none: / });
  });

  it.each([
    [{ backups: 1 }, 'there is nothing to go back to'],
    [{ backups: ['root /home/wso2/.wso2-updates'] }, 'belong to root'],
    [{ tools: [] }, 'no update tool'],
  ] satisfies [PackParts, string][])('is not possible with %j', async (pack, words) => {
    const { revert, world } = setUpChange();
    world.pack = pack;
    const { hosts, problems } = await revert.plan(of, selection);
    expect(hosts).toEqual([]);
    expect(problems[0]?.text).toContain(words);
  });

  it.each([0, 4])('is well with exit code %i once the level is lower', async (exitCode) => {
    const { revert, world, jobs } = setUpChange();
    const target = await targetOf(revert, of);
    world.pack = STOPPED;
    world.run = () => {
      world.pack = { ...STOPPED, ...at(3) };
      return ended(exitCode);
    };
    expect(await runTool(revert, target)).toMatchObject({ ok: true, note: 'update level 5 → 3' });
    expect(jobs[0]?.args.at(-1)).toBe('--revert');
  });

  it('of a pack with conflicts is done when they are gone', async () => {
    const { revert, world } = setUpChange();
    world.pack = CONFLICT;
    const target = await targetOf(revert, of);
    expect(await revert.inspect(target)).toMatchObject({ state: 'to_do' });
    world.pack = {};
    expect(await revert.inspect(target)).toMatchObject({ state: 'done' });
  });

  it('has nothing to do on a pack that was never updated', async () => {
    const { revert, world } = setUpChange();
    world.pack = at(-1);
    expect(await revert.plan(of, selection)).toMatchObject({ hosts: [], idle: ['mi-1'], problems: [] });
  });
});
