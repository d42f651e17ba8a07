import { type RemoteCommand, toShell } from '../../domain/remote-command.ts';
import { LOOK_SCRIPT, START_SCRIPT } from './detached-script.ts';
import type { DetachedJob } from './host-operations.ts';
import { OUTPUT_BYTES } from './job-state.ts';

/** It becomes a directory, a unit and a file in memory. */
const ID = /^[A-Za-z0-9][A-Za-z0-9-]{0,119}$/;
const VARIABLE = /^[A-Za-z_]\w*$/;

export interface JobStart {
  readonly command: RemoteCommand;
  /** All that may be long or secret. */
  readonly stdin: string;
}

/** @throws {TypeError} for an id, a variable's name or an argument that no host could take. */
export function startJob({ id, script, args, secrets = {} }: DetachedJob): JobStart {
  const assignments = Object.entries(secrets).map(
    ([name, value]) => `export ${checked(name, VARIABLE)}=${quoted(value)}\n`,
  );
  const environment = assignments.join('');
  const program = `set -- ${toShell(args)}\n${script}\n`;
  const sizes = [environment, program].map((part) => String(Buffer.byteLength(part)));
  return {
    command: ['sh', '-c', START_SCRIPT, 'msops-job', checked(id, ID), ...sizes],
    stdin: environment + program,
  };
}

export function lookAtJob(id: string): RemoteCommand {
  return ['sh', '-c', LOOK_SCRIPT, 'msops-job', checked(id, ID), String(OUTPUT_BYTES)];
}

function quoted(value: string): string {
  return toShell([value]);
}

function checked(name: string, pattern: RegExp): string {
  if (!pattern.test(name)) {
    throw new TypeError(`Not fit for a job: ${JSON.stringify(name.slice(0, 40))}`);
  }
  return name;
}
