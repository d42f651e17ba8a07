import { describe, expect, it } from 'vitest';
import { createAskHost } from '../../../../../src/services/patching/ask-host.ts';
import { planUndo } from '../../../../../src/services/patching/changes/os-packages-undo-plan.ts';
import { createFakeExecutor, type RecordedRun } from '../../../../support/fake-executor.ts';
import { createRecordingLogger } from '../../../../support/recording-logger.ts';
import { anEnvironment } from '../../../../support/world.ts';
import { type PartText, partsText } from '../probe-text.ts';

const PROD = anEnvironment('acme', 'prod', ['apim-1']);
const SPEC = { of: '7kq2m9xd', hosts: { 'apim-1': [{ name: 'openssl-libs', arch: 'x86_64', to: '3.0.7-27.el9' }] } };

/** @param packages how they stand on the host. */
function setUp(packages: string, versions: PartText = ['openssl-libs.x86_64 3.0.7-27.el9', 0]) {
  const answer = ({ command }: RecordedRun) => ({
    stdout: partsText({
      family: ['rhel', 0],
      ...(command[3] === 'msops-look' ? { packages: [packages, 0] } : { versions }),
      end: ['', 0],
    }),
  });
  const executor = createFakeExecutor({ 'apim-1': answer });
  const ask = createAskHost({ executor, logger: createRecordingLogger() });
  return {
    plan: () => planUndo(ask, SPEC, { environment: PROD, hosts: PROD.hosts }),
    asked: () => executor.runs.map(({ command }) => command.slice(3)),
  };
}

describe('plan of os_packages_undo', () => {
  it('asks about the packages that have to go back, and counts them by name', async () => {
    const { plan, asked } = setUp('openssl-libs.x86_64|ii |3.0.7-28.el9|gt');
    expect(await plan()).toMatchObject({
      title: 'Bring back 1 package to the versions before 7kq2m9xd on 1 host',
      hosts: [{ host: 'apim-1', lines: ['openssl-libs 3.0.7-28.el9 → 3.0.7-27.el9'] }],
      problems: [],
    });
    expect(asked()[1]).toEqual(['msops-versions', 'openssl-libs-3.0.7-27.el9.x86_64']);
  });

  it('asks the package manager nothing where all is back already', async () => {
    const { plan, asked } = setUp('openssl-libs.x86_64|ii |3.0.7-27.el9|eq');
    expect(await plan()).toMatchObject({ hosts: [], idle: ['apim-1'], problems: [] });
    expect(asked().map(([name]) => name)).toEqual(['msops-look']);
  });

  it('is a problem when the version before can be had nowhere', async () => {
    const { problems, hosts } = await setUp('openssl-libs.x86_64|ii |3.0.7-28.el9|gt', ['', 0]).plan();
    expect(hosts).toEqual([]);
    expect(problems).toMatchObject([{ text: 'in no source any more: openssl-libs 3.0.7-27.el9' }]);
  });
});
