import type { MetricSource } from '../../src/services/metrics/ports.ts';
import { mustRun } from '../status/shell.ts';
import { askFor, CHARTS, type ChartAsker, type ChartKind } from './charts.ts';

/** What keeps samples, and can be stopped to make it cold. */
export interface Restartable {
  readonly directory: string;
  source(): MetricSource;
  url(): string;
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface ChartTimes {
  readonly kind: ChartKind;
  /** Milliseconds. */
  readonly cold: readonly number[];
  readonly warm: readonly number[];
}

export async function measureCharts(subject: Restartable, asker: () => ChartAsker): Promise<readonly ChartTimes[]> {
  const all: ChartTimes[] = [];
  for (const kind of CHARTS) {
    const cold = await askCold(kind, subject, asker);
    await askAll(kind, asker());
    all.push({ kind, cold, warm: await askAll(kind, asker()) });
  }
  return all;
}

async function askCold(kind: ChartKind, subject: Restartable, asker: () => ChartAsker): Promise<readonly number[]> {
  const times: number[] = [];
  for (let turn = 0; turn < kind.repeats; turn++) {
    if (turn % kind.perRestart === 0) {
      await chill(subject);
    }
    times.push(await askFor(kind, turn, asker()));
  }
  return times;
}

async function askAll(kind: ChartKind, asker: ChartAsker): Promise<readonly number[]> {
  const times: number[] = [];
  for (let turn = 0; turn < kind.repeats; turn++) {
    times.push(await askFor(kind, turn, asker));
  }
  return times;
}

/** Stops it, has the system forget its files, and starts it again. */
async function chill(subject: Restartable): Promise<void> {
  await subject.stop();
  const forget = 'dd if="$1" iflag=nocache count=0 status=none';
  await mustRun(
    `sync -f ${subject.directory}; find ${subject.directory} -type f -size +32k -exec sh -c '${forget}' - {} \\;`,
  );
  await subject.start();
}
