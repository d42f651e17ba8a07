import { Worker } from 'node:worker_threads';
import type { ChartAnswer, ChartOrder } from './chart-worker.ts';

/** A thread that draws; its native memory is given back when it ends. */
export interface DrawingThread {
  /** How many it has drawn. */
  readonly drawn: number;
  /** One at a time. @throws when it cannot be drawn, takes too long, or the thread dies: then `isDead`. */
  draw(order: ChartOrder, deadlineMs: number): Promise<Uint8Array>;
  readonly isDead: boolean;
  end(): Promise<void>;
}

const HEAP_LIMIT_MB = 384;

/** @param script of the worker; starts at once. */
export function startDrawingThread(script: URL): DrawingThread {
  // It needs nothing of the environment, where the secrets are.
  const options = { env: {}, execArgv: [], resourceLimits: { maxOldGenerationSizeMb: HEAP_LIMIT_MB } };
  const worker = new Worker(script, options);
  const waiting = { settle: (_outcome: ChartAnswer) => {} };
  const state = { isDead: false, drawn: 0 };
  const die = (problem: string): void => {
    state.isDead = true;
    waiting.settle({ problem });
  };
  worker.unref();
  worker.on('message', (answer: ChartAnswer) => waiting.settle(answer));
  worker.on('error', (error) => die(`the drawing thread failed: ${String(error)}`));
  worker.on('exit', () => die('the drawing thread ended'));
  const end = async (): Promise<void> => {
    state.isDead = true;
    await worker.terminate();
  };
  return {
    get drawn() {
      return state.drawn;
    },
    get isDead() {
      return state.isDead;
    },
    end,
    async draw(order, deadlineMs) {
      const { promise, resolve } = Promise.withResolvers<ChartAnswer>();
      waiting.settle = resolve;
      const timer = setTimeout(() => die(`it was not drawn within ${deadlineMs / 1_000} s`), deadlineMs);
      worker.ref();
      worker.postMessage(order);
      const answer = await promise;
      clearTimeout(timer);
      worker.unref();
      state.drawn += 1;
      if (state.isDead) {
        await end();
      }
      if ('problem' in answer) {
        throw new Error(`Chart not drawn: ${answer.problem}`);
      }
      return answer.png;
    },
  };
}
