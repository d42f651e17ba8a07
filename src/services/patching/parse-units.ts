import { type ProbePart, shownWords } from '../../domain/probe-output.ts';
import type { AutoStarter } from './auto-sample.ts';

export interface UnitSample extends AutoStarter {
  readonly exists: boolean;
  /** Of a service's last run since boot; `undefined`: it did not run, or cannot be told. */
  readonly result: string | undefined;
}

/** Blocks of `systemctl show`, one a unit; `works` is what a timer needs to fire again. */
export function readUnits(part: ProbePart | undefined): readonly UnitSample[] {
  const blocks = (part?.lines ?? []).join('\n').split(/\n\s*\n/);
  return blocks.flatMap((block) => {
    const fields = new Map(
      block.split('\n').map((line) => [line.split('=')[0] ?? '', line.slice(line.indexOf('=') + 1)]),
    );
    const name = fields.get('Id');
    return name === undefined ? [] : [readUnit(name, fields)];
  });
}

function readUnit(name: string, fields: ReadonlyMap<string, string>): UnitSample {
  const active = fields.get('ActiveState');
  const file = fields.get('UnitFileState');
  const load = fields.get('LoadState');
  const hasRun = Number(fields.get('ExecMainExitTimestampMonotonic') ?? '0') > 0;
  return {
    name: shownWords(name),
    exists: load !== 'not-found',
    works: active === undefined ? undefined : active === 'active',
    words: describeState(load, file, active),
    result: hasRun ? fields.get('Result') : undefined,
  };
}

function describeState(load = 'unknown', file = '', active = 'unknown'): string {
  if (load === 'masked' || load === 'not-found') {
    return load === 'masked' ? 'masked' : 'not there';
  }
  return shownWords(file === '' || file === 'enabled' ? active : `${active}, ${file}`);
}
