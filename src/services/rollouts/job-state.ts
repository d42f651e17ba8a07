import type { JobState } from './host-operations.ts';

/** Bytes of output that are shown of a job. */
export const OUTPUT_BYTES = 16 * 1024;

const ANSWER = /^msops-job (absent|running|vanished|ended (\d{1,3}))$/m;

/** Reads the answer of `LOOK_SCRIPT`; what a login shell prints before it is left out. `undefined` when there is none. */
export function parseJobState(stdout: string): JobState | undefined {
  const found = ANSWER.exec(stdout);
  if (found === null) {
    return undefined;
  }
  const [line, words = '', exitCode = ''] = found;
  const output = readableOutput(stdout.slice(found.index + line.length + 1));
  if (words === 'absent') {
    return { kind: 'absent' };
  }
  return words === 'running' || words === 'vanished'
    ? { kind: words, output }
    : { kind: 'ended', exitCode: Number(exitCode), output };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is taken out
const CONTROL = /\x1b\[[0-?]*[ -/]*[@-~]|[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/g;
const OVERWRITTEN = /^.*\r(?!$)/gm;

/** As it would stand on a terminal: without colors, bytes that no database takes, and progress that was written over. */
function readableOutput(output: string): string {
  const whole = output.replace(/^\ufffd+/, '').replaceAll('\r\n', '\n');
  return whole.replaceAll(CONTROL, '').replaceAll(OVERWRITTEN, '').replaceAll('\r', '');
}
