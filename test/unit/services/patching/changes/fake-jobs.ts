import type { RemoteTarget } from '../../../../../src/domain/remote-executor.ts';
import type { DetachedJob, DetachedJobs, JobState } from '../../../../../src/services/rollouts/host-operations.ts';

/** Jobs that end as they are told; one that was started stays as it is. */
export function createFakeJobs(ends: Readonly<Record<string, JobState>> = {}): DetachedJobs & {
  readonly started: readonly DetachedJob[];
} {
  const started: DetachedJob[] = [];
  const stateOf = (id: string): JobState =>
    started.some((job) => job.id === id) || ends[id] !== undefined
      ? (ends[id] ?? { kind: 'ended', exitCode: 0, output: '' })
      : { kind: 'absent' };
  return {
    started,
    async start(_target: RemoteTarget, job) {
      if (!started.some(({ id }) => id === job.id)) {
        started.push(job);
      }
    },
    look: async (_target, id) => stateOf(id),
    async run(target, job) {
      await this.start(target, job);
      return stateOf(job.id);
    },
  };
}
