import { describePart, type ProbePart, type ProbeParts } from '../../domain/probe-output.ts';
import { scrubSecrets } from '../../domain/scrub.ts';

/** One look at what runs of a product. */
export interface ProductProcesses {
  /** JVMs with this home. */
  readonly servers: readonly ServerProcess[];
  /** `undefined`: there is none. */
  readonly pidFile: PidFile | undefined;
  /** `undefined`: the inventory names none, or systemd did not answer. */
  readonly unit: UnitState | undefined;
  readonly log: LogPosition | undefined;
  /** The last line of the log that says that the product has started. */
  readonly started: StartLine | undefined;
  /** Seconds since 1970 by the host's clock. */
  readonly nowSeconds: number | undefined;
  /** The end of the log, when it was asked for; without what looks like a secret. */
  readonly logEnd: string;
}

export interface ServerProcess {
  readonly pid: number;
  readonly ageSeconds: number | undefined;
}

/** `other`: a process that is not the product's has the number now, and the start script would believe it. */
export interface PidFile {
  readonly pid: number;
  readonly names: 'own' | 'gone' | 'other';
  readonly command: string;
}

export interface UnitState {
  /** `loaded`, `not-found`, `masked`, … */
  readonly load: string;
  /** `active`, `activating`, `deactivating`, `inactive`, `failed`, … */
  readonly active: string;
  /** `success`, `exit-code`, `timeout`, … */
  readonly result: string;
}

/** How far a log was read; another inode is another file. */
export interface LogPosition {
  readonly inode: string;
  readonly bytes: number;
}

export interface StartLine {
  /** Seconds since 1970, as far as the line and the host's time zone tell. */
  readonly atSeconds: number | undefined;
  /** Written after the position that was asked about. */
  readonly isNew: boolean;
}

/** The host answered, and not what was asked. */
export class UnreadableProduct extends Error {
  override name = 'UnreadableProduct';
}

/** @throws {UnreadableProduct} when it cannot be told what runs. */
export function parseProcesses(parts: ProbeParts): ProductProcesses {
  return {
    servers: parseServers(parts.get('pids')),
    pidFile: parsePidFile(parts.get('pidfile')),
    unit: parseUnit(parts.get('unit')),
    log: parseLog(parts.get('log')),
    started: parseStarted(parts.get('started')),
    nowSeconds: toNumber(parts.get('now')?.lines[0]),
    logEnd: scrubSecrets((parts.get('tail')?.lines ?? []).join('\n')),
  };
}

function parseServers(part: ProbePart | undefined): readonly ServerProcess[] {
  const servers = (part?.lines ?? [])
    .map((line) => /^([1-9]\d{0,9}) (\d{0,10})$/.exec(line))
    .filter((match) => match !== null)
    .map(([, pid, age]) => ({ pid: Number(pid), ageSeconds: toNumber(age) }));
  const hasLooked = part?.exitCode === 0 ? servers.length > 0 : part?.exitCode === 1 && part.lines.length === 0;
  if (!hasLooked) {
    throw new UnreadableProduct(`could not look for the JVM: ${describePart(part)}`);
  }
  return servers;
}

function parsePidFile(part: ProbePart | undefined): PidFile | undefined {
  const [, pid, names, command = ''] = /^(\d{1,10}) (own|gone|other)(?: (.*))?$/.exec(part?.lines[0] ?? '') ?? [];
  return pid === undefined
    ? undefined
    : { pid: Number(pid), names: names as PidFile['names'], command: scrubSecrets(command.trim()) };
}

function parseUnit(part: ProbePart | undefined): UnitState | undefined {
  const value = (name: string) => part?.lines.find((line) => line.startsWith(`${name}=`))?.slice(name.length + 1);
  const [load, active] = [value('LoadState'), value('ActiveState')];
  return part?.exitCode !== 0 || load === undefined || active === undefined
    ? undefined
    : { load, active, result: value('Result') ?? '' };
}

function parseLog(part: ProbePart | undefined): LogPosition | undefined {
  const [, inode, bytes] = /^(\d+) (\d+)$/.exec(part?.lines[0] ?? '') ?? [];
  return inode === undefined ? undefined : { inode, bytes: Number(bytes) };
}

function parseStarted(part: ProbePart | undefined): StartLine | undefined {
  const [, second, age] = /^(-|\d{1,12}) (new|old)$/.exec(part?.lines[0] ?? '') ?? [];
  return age === undefined ? undefined : { atSeconds: toNumber(second), isNew: age === 'new' };
}

function toNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
