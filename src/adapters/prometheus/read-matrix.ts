import * as z from 'zod';
import type { MetricPoint } from '../../services/metrics/ports.ts';
import { PART_LABEL, PARTS, type Part } from './range-query.ts';

const Value = z.tuple([z.number(), z.string()]);
const Matrix = z.object({
  resultType: z.literal('matrix'),
  result: z.array(z.object({ metric: z.record(z.string(), z.string()), values: z.array(Value) })),
});

type Parts = Partial<Record<Part, number>>;

/**
 * Steps of one host from the `data` of an answer. Of several series the highest counts, for each of low, average and
 * high. A step with a part that is missing or no finite number is a gap.
 *
 * @returns `undefined` when this is no answer to such a question.
 */
export function readMatrix(data: unknown, stepSeconds: number): readonly MetricPoint[] | undefined {
  const matrix = Matrix.safeParse(data).data;
  if (matrix === undefined) {
    return undefined;
  }
  const steps = new Map<number, Parts>();
  for (const { metric, values } of matrix.result) {
    const part = metric[PART_LABEL];
    if (isPart(part)) {
      raise(steps, part, values);
    }
  }
  return [...steps]
    .toSorted(([one], [other]) => one - other)
    .flatMap(([ends, { low, average, high }]) =>
      low === undefined || average === undefined || high === undefined
        ? []
        : [{ at: new Date((ends - stepSeconds) * 1_000), low, average, high }],
    );
}

function raise(steps: Map<number, Parts>, part: Part, values: readonly z.infer<typeof Value>[]): void {
  for (const [ends, text] of values) {
    const value = Number(text);
    if (Number.isFinite(value)) {
      const known = steps.get(ends);
      steps.set(ends, { ...known, [part]: Math.max(known?.[part] ?? Number.NEGATIVE_INFINITY, value) });
    }
  }
}

function isPart(name: string | undefined): name is Part {
  return name !== undefined && Object.hasOwn(PARTS, name);
}
