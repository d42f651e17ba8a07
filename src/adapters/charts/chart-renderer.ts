import type { EChartsOption } from 'echarts';
import { createTurns } from '../turns.ts';
import type { ChartSize } from './draw-chart.ts';
import { type DrawingThread, startDrawingThread } from './drawing-thread.ts';

export interface ChartRenderer {
  /** @returns a PNG of twice that many pixels each way. @throws when it cannot be drawn; the next one can. */
  png(options: EChartsOption, size: ChartSize): Promise<Uint8Array>;
  /** Ends the threads; charts under way fail. */
  close(): Promise<void>;
}

export interface ChartRendererDeps {
  /** For one chart, a thread's start included; what waits for its turn has it from then on. */
  readonly deadlineMs?: number;
  /** Charts that one thread draws. What resvg allocates is not seen by V8, and is given back at the end of the thread. */
  readonly chartsPerThread?: number;
  /** Without charts for so long all threads end. */
  readonly idleMs?: number;
  readonly script?: URL;
}

const MOST_AT_A_TIME = 2;
const WORKER = new URL('./chart-worker.ts', import.meta.url);

/** Draws in threads of its own, started by the first chart: neither the event loop nor the start of the bot waits. */
export function createChartRenderer(deps: ChartRendererDeps = {}): ChartRenderer {
  const { deadlineMs = 20_000, chartsPerThread = 20, idleMs = 60_000, script = WORKER } = deps;
  const turns = createTurns(MOST_AT_A_TIME);
  let resting: DrawingThread[] = [];
  const busy = new Set<DrawingThread>();
  let idle: NodeJS.Timeout | undefined;
  let isClosed = false;

  function passTurn(): void {
    turns.pass();
    if (turns.taken === 0) {
      idle = setTimeout(() => void endResting(), idleMs).unref();
    }
  }

  async function endResting(): Promise<void> {
    const ending = resting;
    resting = [];
    await Promise.all(ending.map((thread) => thread.end()));
  }

  async function retire(thread: DrawingThread): Promise<void> {
    busy.delete(thread);
    if (thread.isDead || isClosed || thread.drawn >= chartsPerThread) {
      await thread.end();
    } else {
      resting.push(thread);
    }
  }

  async function draw(options: EChartsOption, size: ChartSize): Promise<Uint8Array> {
    if (isClosed) {
      throw new Error('Chart not drawn: the bot is stopping');
    }
    resting = resting.filter(({ isDead }) => !isDead);
    const thread = resting.pop() ?? startDrawingThread(script);
    busy.add(thread);
    try {
      return await thread.draw({ options, size }, deadlineMs);
    } finally {
      await retire(thread);
    }
  }

  return {
    async png(options, size) {
      clearTimeout(idle);
      await turns.take();
      try {
        return await draw(options, size);
      } finally {
        passTurn();
      }
    },
    async close() {
      isClosed = true;
      clearTimeout(idle);
      await Promise.all([endResting(), ...[...busy].map((thread) => thread.end())]);
    },
  };
}
