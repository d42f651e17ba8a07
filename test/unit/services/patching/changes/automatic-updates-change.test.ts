import { describe, expect, it } from 'vitest';
import { createAutomaticUpdatesChange } from '../../../../../src/services/patching/changes/automatic-updates-change.ts';
import { createFakeExecutor } from '../../../../support/fake-executor.ts';
import { createRecordingLogger } from '../../../../support/recording-logger.ts';
import { type PartText, partsText, RHEL_PARTS } from '../probe-text.ts';
import { aTarget, NEVER } from './a-target.ts';
import { createFakeJobs } from './fake-jobs.ts';

const UNIT = (file: string, active: string) =>
  `Id=dnf-automatic.timer\nLoadState=loaded\nUnitFileState=${file}\nActiveState=${active}`;

const ON: Readonly<Record<string, PartText>> = {
  ...RHEL_PARTS,
  installed: ['dnf-automatic 4.14.0\npackage yum-cron is not installed', 1],
  config: ['[commands]\napply_updates = yes\nupgrade_type = security', 0],
  timers: [UNIT('enabled', 'active'), 0],
  services: ['', 0],
  runs: ['', 0],
};

function inspect(parts: Readonly<Record<string, PartText>>) {
  const executor = createFakeExecutor({ 'apim-1': () => ({ stdout: partsText({ ...ON, ...parts }) }) });
  const change = createAutomaticUpdatesChange({ executor, jobs: createFakeJobs(), logger: createRecordingLogger() });
  return change.inspect(aTarget());
}

describe('switching automatic updates on', () => {
  it('is done when they are on, though they never ran and repositories have gaps', async () => {
    expect(await inspect({})).toMatchObject({ state: 'done' });
  });

  it.each<[what: string, parts: Record<string, PartText>, why: string]>([
    ['a timer that is not there', { timers: ['Id=x.timer\nLoadState=not-found', 0] }, 'its timer is not there'],
    ['a timer that is off', { timers: [UNIT('disabled', 'inactive'), 0] }, 'dnf-automatic.timer is inactive, disabled'],
    ['settings that say no', { config: ['apply_updates = no', 0] }, 'apply_updates is no in /etc/dnf/automatic.conf'],
    [
      'nothing installed',
      { installed: ['package dnf-automatic is not installed', 1] },
      'nothing that installs them is installed',
    ],
  ])('is not done with %s, and says so', async (_what, parts, why) => {
    expect(await inspect(parts)).toEqual({
      state: 'to_do',
      note: `automatic security updates are not on: ${why}`,
    });
  });

  it('finds the cause also far above the end of the output, and shows no password of it', async () => {
    const cause = 'E: Failed to fetch https://bob:hunter2pw@repo.acme.test/x.deb  Could not connect';
    const output = `${cause}\n${'still trying\n'.repeat(900)}`;
    const jobs = createFakeJobs({ '7kq2m9xd-automatic': { kind: 'ended', exitCode: 100, output } });
    const deps = { executor: createFakeExecutor(), jobs, logger: createRecordingLogger() };
    const target = aTarget({ work: { family: 'debian', origins: false } });
    const end = await createAutomaticUpdatesChange(deps).steps(target)[0]?.run(target, NEVER);
    expect(end).toMatchObject({ ok: false, reason: 'a package could not be fetched: Could not connect' });
    expect(JSON.stringify(end)).not.toContain('hunter2pw');
  });
});
