import type { HostChangeStep } from '../rollouts/host-change.ts';
import { type PackChangeDeps, runTool, type ToolRun } from './run-tool.ts';

/** Nobody changes a pack that runs. @param name of the step in the middle: `update mi to level 12`. */
export function toolSteps(name: string, run: ToolRun, deps: PackChangeDeps): readonly HostChangeStep[] {
  const { product } = run;
  return [
    { name: `stop ${product.name}`, run: (at, signal) => deps.control.stop(at, product, signal) },
    { name, run: (at, signal) => runTool(at, run, { deps, signal }) },
    { name: `start ${product.name}`, run: (at, signal) => deps.control.start(at, product, signal) },
  ];
}
