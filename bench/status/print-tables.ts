import type { Measured } from './measure.ts';
import { type Cost, inSlice, ratioTo, type Slice, typical } from './ratios.ts';
import { MSOPS } from './tools.ts';

const WIDTHS = [28, 8, 7, 12, 7, 13, 12, 9, 7, 9, 7] as const;
const HEAD = ['', 'wall s', 'x', 'client CPU', 'x', 'bastion CPU', 'hosts CPU', 'peak MiB', 'x', 'answers', 'noise'];

/** One table for each wave. `x` is what msops costs for each unit of that tool, in the same repetition. */
export function printTables(measured: readonly Measured[], sizes: readonly number[]): void {
  for (const size of sizes) {
    for (const [state, kind] of [
      ['cold', 'full'],
      ['warm', 'full'],
      ['warm', 'light'],
    ] as const) {
      printTable(inSlice(measured, { size, state, kind }), { size, state, kind });
    }
  }
  console.log('CPU in ms a host; x: msops / that tool, median of the ratios within the repetitions.');
  console.log('noise: share of the machine that others used meanwhile; above 0.3, run again.\n');
}

function printTable(slice: readonly Measured[], { size, state, kind }: Slice): void {
  const tools = [...new Set(slice.map(({ tool }) => tool))].sort(
    (a, b) => (typical(slice, a, 'wallMs') ?? 0) - (typical(slice, b, 'wallMs') ?? 0),
  );
  console.log(`${size} ${size === 1 ? 'host' : 'hosts'} through the bastion, ${state}, ${kind} probe`);
  console.log(line(HEAD));
  for (const tool of tools) {
    const shown = (cost: Cost, by: number): string => show(typical(slice, tool, cost), by);
    const ratio = (cost: Cost): string => (tool === MSOPS ? '' : show(ratioTo(slice, tool, cost), 1, 2));
    const least = Math.min(...slice.filter((one) => one.tool === tool).map(({ complete }) => complete));
    console.log(
      line([
        tool,
        ...[show(typical(slice, tool, 'wallMs'), 1_000, 2), ratio('wallMs')],
        ...[shown('clientCpuMs', size), ratio('clientCpuMs')],
        ...[shown('bastionCpuMs', size), shown('hostsCpuMs', size)],
        ...[show(typical(slice, tool, 'peakMiB'), 1, 0), ratio('peakMiB')],
        least === size ? 'all' : `${least}/${size}`,
        show(typical(slice, tool, 'noise'), 1, 2),
      ]),
    );
  }
  console.log('');
}

function show(value: number | undefined, by: number, digits = 1): string {
  return value === undefined ? '?' : (value / by).toFixed(digits);
}

function line(cells: readonly string[]): string {
  return cells
    .map((cell, index) => (index === 0 ? cell.padEnd(WIDTHS[0]) : cell.padStart(WIDTHS[index] ?? 8)))
    .join('');
}
