import { describe, expect, it } from 'vitest';
import { HopFailure, type HopFailureKind } from '../../../../src/domain/hop-failure.ts';
import { createDetachedJobs } from '../../../../src/services/rollouts/detached-jobs.ts';
import { aHopFailure } from '../../../support/builders.ts';
import { createFakeExecutor, type RecordedRun } from '../../../support/fake-executor.ts';
import { createFixedClock } from '../../../support/fixed-clock.ts';
import { anEndpoint } from '../../../support/world.ts';

const TARGET = { endpoint: anEndpoint('apim-1'), path: { bastions: [], allowedSources: [] } };
const JOB = { id: 'r1', script: 'true', args: [] };
const RUNNING = 'msops-job running\nStill at it\n';
const DONE = 'Welcome!\nmsops-job ended 0\nDone\n';

const lost = (kind: HopFailureKind = 'connection_lost') => new HopFailure(aHopFailure({ kind }));

/** Each look gets the next of the answers, then always the last. */
function setUp(looks: readonly (string | Error)[], starts: readonly Error[] = []) {
  const clock = createFixedClock();
  const begun = clock.now().getTime();
  const [nextLooks, nextStarts] = [[...looks], [...starts]];
  const executor = createFakeExecutor({
    'apim-1': ({ options }: RecordedRun) => {
      const answer = options.stdin === undefined ? take(nextLooks) : (nextStarts.shift() ?? 'msops-job started\n');
      if (answer instanceof Error) {
        throw answer;
      }
      return { stdout: answer };
    },
  });
  const stop = new AbortController();
  const run = () =>
    createDetachedJobs({ executor, clock }).run(TARGET, JOB, { deadlineMs: 60_000, signal: stop.signal });
  return { run, executor, stop, passedMs: () => clock.now().getTime() - begun };
}

function take(answers: (string | Error)[]): string | Error {
  return (answers.length > 1 ? answers.shift() : answers[0]) ?? '';
}

describe('waiting for a detached job', () => {
  it('looks every second, then every five, until it has ended', async () => {
    const { run, executor, passedMs } = setUp([...Array.from({ length: 7 }, () => RUNNING), DONE]);
    expect(await run()).toEqual({ kind: 'ended', exitCode: 0, output: 'Done\n' });
    expect(executor.runs).toHaveLength(9);
    expect(passedMs()).toBe(1000 + 1500 + 2250 + 3375 + 3 * 5000);
  });

  it('outlasts a way to the host that breaks, before and after the start', async () => {
    const { run, executor } = setUp(
      [lost(), lost('host_key_changed'), RUNNING, DONE],
      [lost(), lost('connect_timeout')],
    );
    expect(await run()).toMatchObject({ kind: 'ended' });
    expect(executor.runs).toHaveLength(7);
  });

  it('is over at the deadline, while the job goes on', async () => {
    const { run, passedMs } = setUp([RUNNING]);
    expect(await run()).toEqual({ kind: 'running', output: 'Still at it\n' });
    expect(passedMs()).toBe(60_000);
  });

  it('says why the host could not be reached at the deadline', async () => {
    const { run, passedMs } = setUp([RUNNING, lost('connection_refused')]);
    await expect(run()).rejects.toMatchObject({ facts: { kind: 'connection_refused' } });
    expect(passedMs()).toBe(60_000);
  });

  it('does not wait for a host that will never let it start', async () => {
    const { run, passedMs } = setUp([DONE], [lost('host_key_changed')]);
    await expect(run()).rejects.toMatchObject({ facts: { kind: 'host_key_changed' } });
    expect(passedMs()).toBe(0);
  });

  it('ends with the signal', async () => {
    const { run, stop, executor } = setUp([RUNNING]);
    stop.abort(new Error('the bot stops'));
    await expect(run()).rejects.toThrow('the bot stops');
    expect(executor.runs).toEqual([]);
  });

  it('refuses an answer that says nothing', async () => {
    await expect(setUp(['command not found']).run()).rejects.toThrow(/apim-1/);
  });
});
