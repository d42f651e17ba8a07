import { Secret } from '../../../../src/domain/secret.ts';
import { createProductRevert } from '../../../../src/services/products/product-revert.ts';
import { createProductUpdate } from '../../../../src/services/products/product-update.ts';
import type { PackChangeDeps } from '../../../../src/services/products/run-tool.ts';
import type { ChangeTarget, HostChange, StepEnd } from '../../../../src/services/rollouts/host-change.ts';
import type { DetachedJob, DetachedJobs, JobState } from '../../../../src/services/rollouts/host-operations.ts';
import { aProduct } from '../../../support/builders.ts';
import { createFakeExecutor } from '../../../support/fake-executor.ts';
import { createRecordingLogger } from '../../../support/recording-logger.ts';
import { aHost, anEnvironment } from '../../../support/world.ts';
import { type PackParts, packText } from './pack-text.ts';

export const MI = aProduct({ name: 'mi', home: '/opt/wso2/wso2mi' });
export const host = aHost('mi-1', { role: 'integrator', products: [MI] });
export const environment = { ...anEnvironment('acme', 'prod', []), hosts: [host] };
export const selection = { environment, hosts: [host] };
export const SPEC = { product: 'mi', level: 12 };
export const { signal } = new AbortController();
export const at = (level: number): PackParts => ({ config: [`{"update-level": ${level}, "hotfixes": []}`] });
export const CONFLICT = { unmerged: ['/opt/wso2/wso2mi/a.jag.original', '/opt/wso2/wso2mi/a.jag.new'] };
export const ended = (exitCode: number, output = ''): JobState => ({ kind: 'ended', exitCode, output });

/** A host whose pack is as `pack` says, and whose tool ends as it is told. */
export function setUpChange(overrides: Partial<PackChangeDeps> = {}) {
  const asked: string[] = [];
  const jobs: DetachedJob[] = [];
  const world = {
    pack: {} as PackParts,
    found: { kind: 'absent' } as JobState,
    run: (): JobState | Promise<JobState> => ended(0),
    start: { ok: true } as StepEnd,
  };
  const detached: DetachedJobs = {
    start: () => Promise.resolve(),
    look: () => Promise.resolve(world.found),
    run: async (_target, job) => {
      jobs.push(job);
      return world.run();
    },
  };
  const control = (verb: string, end: () => StepEnd) => async () => {
    asked.push(verb);
    return end();
  };
  const deps: PackChangeDeps = {
    executor: createFakeExecutor({ 'mi-1': () => ({ stdout: packText(world.pack) }) }),
    jobs: detached,
    control: {
      stop: control('stop', () => ({ ok: true })),
      start: control('start', () => world.start),
      restart: control('restart', () => ({ ok: true })),
    },
    credentials: { username: new Secret('ops@acme.example'), password: new Secret('hunter2') },
    logger: createRecordingLogger(),
    ...overrides,
  };
  return { world, asked, jobs, deps, update: createProductUpdate(deps), revert: createProductRevert(deps) };
}

export async function targetOf(
  change: HostChange,
  spec: Readonly<Record<string, unknown>> = SPEC,
): Promise<ChangeTarget> {
  const { hosts } = await change.plan(spec, selection);
  return { rolloutId: '7kq2m9xd', environment, host, work: hosts[0]?.work };
}

/** The step in the middle: that with the tool. */
export async function runTool(change: HostChange, target: ChangeTarget): Promise<StepEnd> {
  return change.steps(target)[1]!.run(target, signal);
}
