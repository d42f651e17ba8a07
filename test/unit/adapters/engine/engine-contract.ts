import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WorkflowContext, WorkflowEngine } from '../../../../src/domain/workflow-engine.ts';
import { until } from '../../../support/until.ts';

const LONG_MS = 600_000;

export interface EngineUnderTest {
  readonly engine: WorkflowEngine;
  close(): Promise<void>;
}

/** What every engine must do. `open` gives a fresh one that is not launched. */
export function describeEngineContract(name: string, open: () => Promise<EngineUnderTest>): void {
  describe(name, () => {
    let engine: WorkflowEngine;
    let close: () => Promise<void>;
    let seen: unknown[];

    beforeEach(async () => {
      ({ engine, close } = await open());
      seen = [];
    });
    afterEach(async () => {
      await engine.shutdown();
      await close();
    });

    async function launchWith(run: (input: never, context: WorkflowContext) => Promise<void>): Promise<void> {
      engine.register({ name: 'flow', run });
      await engine.launch();
    }
    const start = (id: string, input: unknown = {}) => engine.start('flow', { id, input });
    const ends = (id: string, state: string) =>
      until(`${id} is ${state}`, async () => (await engine.state(id)) === state);
    const sees = (what: unknown) => until(`${what} happened`, () => seen.includes(what));

    it('hands the input over and is done at the end', async () => {
      await launchWith(async (input: { host: string }, context) => {
        seen.push(await context.step('greet', async () => `hello ${input.host}`), context.workflowId);
      });

      await start('w-1', { host: 'apim-1' });
      await ends('w-1', 'done');

      expect(seen).toEqual(['hello apim-1', 'w-1']);
    });

    it('runs an id once, however often it is started', async () => {
      await launchWith(async (_input, context) => {
        await context.step('count', async () => {
          seen.push('ran');
        });
      });

      await Promise.all([start('once'), start('once'), start('once')]);
      await ends('once', 'done');
      await start('once');

      expect(seen).toEqual(['ran']);
    });

    it('fails when a step throws and nobody catches it', async () => {
      await launchWith(async (_input, context) => {
        await context.step('break', async () => {
          throw new Error('disk full');
        });
      });

      await start('broken');

      await ends('broken', 'failed');
    });

    it('lets the workflow catch what a step throws', async () => {
      await launchWith(async (_input, context) => {
        const result = await context
          .step('break', async () => {
            throw new Error('disk full');
          })
          .catch((error: Error) => error.message);
        seen.push(result);
      });

      await start('brave');
      await ends('brave', 'done');

      expect(seen).toEqual(['disk full']);
    });

    it('keeps a message that comes before anybody waits for it', async () => {
      let mayReceive = () => {};
      const gate = new Promise<void>((resolve) => {
        mayReceive = resolve;
      });
      await launchWith(async (_input, context) => {
        await context.step('dawdle', () => gate);
        seen.push(await context.receive('approval', LONG_MS));
      });

      await start('slow');
      await engine.send('slow', { topic: 'approval', body: { by: 'alice' } });
      mayReceive();
      await ends('slow', 'done');

      expect(seen).toEqual([{ by: 'alice' }]);
    });

    it('takes the first message with a key and drops the others', async () => {
      await launchWith(async (_input, context) => {
        seen.push(await context.receive('approval', LONG_MS), await context.receive('approval', 50));
      });

      await start('clicked');
      await engine.send('clicked', { topic: 'approval', body: 'approve' });
      await engine.send('clicked', { topic: 'approval', body: 'deny' });
      await ends('clicked', 'done');

      expect(seen).toEqual(['approve', undefined]);
    });

    it('takes several messages on a topic when their keys differ, in their order', async () => {
      await launchWith(async (_input, context) => {
        seen.push(await context.receive('news', LONG_MS), await context.receive('news', LONG_MS));
      });

      await start('reader');
      await engine.send('reader', { topic: 'news', body: 1, key: 'a' });
      await engine.send('reader', { topic: 'news', body: 2, key: 'b' });
      await ends('reader', 'done');

      expect(seen).toEqual([1, 2]);
    });

    it('gives undefined when nothing comes in time', async () => {
      await launchWith(async (_input, context) => {
        seen.push(await context.receive('approval', 50));
      });

      await start('patient');
      await ends('patient', 'done');

      expect(seen).toEqual([undefined]);
    });

    it('tells a message with nothing in it from no message', async () => {
      await launchWith(async (_input, context) => {
        seen.push(await context.receive('empty', LONG_MS));
      });

      await start('nulled');
      await engine.send('nulled', { topic: 'empty', body: null });
      await ends('nulled', 'done');

      expect(seen).toEqual([null]);
    });

    it('sleeps no shorter than asked', async () => {
      await launchWith(async (_input, context) => {
        const from = performance.now();
        await context.sleep(120);
        seen.push(performance.now() - from >= 115);
      });

      await start('sleeper');
      await ends('sleeper', 'done');

      expect(seen).toEqual([true]);
    });

    it('goes on after cancel and resume without repeating what is done', async () => {
      let isRemembered = false;
      await launchWith(async (_input, context) => {
        await context.step('patch', async () => {
          seen.push('patched');
        });
        isRemembered = true; // Canceled before that, the step would rightly run again.
        await context.receive('go', LONG_MS);
        await context.step('check', async () => {
          seen.push('checked');
        });
      });

      await start('paused');
      await until('the step to be remembered', () => isRemembered);
      await engine.cancel('paused');
      await ends('paused', 'canceled');
      await engine.resume('paused');
      await engine.send('paused', { topic: 'go', body: true });
      await ends('paused', 'done');

      expect(seen).toEqual(['patched', 'checked']);
    });

    it('aborts the signal of the step that is running when it is canceled', async () => {
      await launchWith(async (_input, context) => {
        await context.step('long', async (signal) => {
          seen.push('begun');
          await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
          seen.push('aborted');
        });
        seen.push('went on');
      });

      await start('aborted');
      await sees('begun');
      await engine.cancel('aborted');
      await sees('aborted');

      expect(seen).toEqual(['begun', 'aborted']);
      expect(await engine.state('aborted')).toBe('canceled');
    });

    it('knows nothing of a workflow that was never started', async () => {
      await launchWith(async () => {});

      expect(await engine.state('no-such')).toBeUndefined();
      await expect(engine.send('no-such', { topic: 'x', body: 1 })).rejects.toThrow();
    });

    it('starts a workflow from a step of another', async () => {
      engine.register({
        name: 'child',
        async run() {
          seen.push('child ran');
        },
      });
      await launchWith(async (_input, context) => {
        await context.step('spawn', () => engine.start('child', { id: 'child-1', input: {} }));
      });

      await start('parent');
      await ends('parent', 'done');

      await ends('child-1', 'done');
      expect(seen).toEqual(['child ran']);
    });
  });
}
