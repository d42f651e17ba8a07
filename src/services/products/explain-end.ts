import type { JobState } from '../rollouts/host-operations.ts';
import { isUnchanged, type PackSample, updateLevelOf } from './pack-sample.ts';
import { NO_DIRECTORY } from './update-job.ts';

/** What became of a run of the update tool. */
export type UpdateEnd =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly reason: string;
      readonly advice: string;
      /** Nothing was changed, so the product may run again. A pack that is half-way must not. */
      readonly isIntact: boolean;
    };

export interface EndFacts {
  readonly state: JobState;
  /** The pack after it; `undefined`: it could not be read. */
  readonly after: PackSample | undefined;
  /** The level before; `undefined` when it was not known. */
  readonly from: number | undefined;
  readonly isReached: boolean;
  /** `update`, `revert`. */
  readonly what: string;
}

/** The tool has five exit codes; what the pack says counts more than a code that says that all is well. */
export function explainEnd(facts: EndFacts): UpdateEnd {
  const { state, what, isReached } = facts;
  if (state.kind === 'running') {
    return halfWay(
      `the ${what} did not end in time and goes on`,
      'Wait for it on the host; then look at its exit code.',
    );
  }
  if (state.kind !== 'ended') {
    return halfWay(
      `the ${what} was cut off, and nobody knows how far it came`,
      'Look into `updates/logs`, then revert the pack, or update it again.',
    );
  }
  if (isReached && (state.exitCode === 0 || (state.exitCode === 4 && what === 'revert'))) {
    return { ok: true };
  }
  return explainCode(state.exitCode, facts);
}

function explainCode(exitCode: number, facts: EndFacts): UpdateEnd {
  const { what } = facts;
  switch (exitCode) {
    case 0:
      return failed(facts, `the update tool ended well, and the pack is at ${levelWords(facts.after)}`, ASK_THE_TOOL);
    case 2:
      return failed(facts, 'the update tool updated itself twice and did nothing else', ASK_THE_TOOL);
    case 3:
      return halfWay(
        `conflicts: ${conflictWords(facts.after)}`,
        'Write a `.final` file beside each of them and run the update tool with `--continue` as the service user, or revert. Nothing else may be done to the pack.',
      );
    case 4:
      return failed(facts, 'the update tool reverted what it had done: the pack is not updated', ASK_THE_TOOL);
    case NO_DIRECTORY:
    case 126:
    case 127:
      return failed(
        facts,
        `the update tool could not be run (exit code ${exitCode})`,
        'Look at `bin/` of the product.',
      );
    default:
      return failed(
        facts,
        `the ${what} failed (exit code ${exitCode})`,
        'The end of its log in `updates/logs` is here.',
      );
  }
}

const ASK_THE_TOOL = 'Look at the output, and at `wso2update_linux current-state` on the host.';

function halfWay(reason: string, advice: string): UpdateEnd {
  return { ok: false, reason, advice, isIntact: false };
}

function failed({ after, from }: EndFacts, reason: string, advice: string): UpdateEnd {
  return { ok: false, reason, advice, isIntact: after !== undefined && isUnchanged(after, from) };
}

function levelWords(after: PackSample | undefined): string {
  const level = after && updateLevelOf(after);
  return level === undefined ? 'a level that could not be read' : `update level ${level}`;
}

function conflictWords({ conflicts = [] }: Pick<PackSample, 'conflicts'> = { conflicts: [] }): string {
  return conflicts.length > 0 ? conflicts.join(', ') : 'the output names them';
}
