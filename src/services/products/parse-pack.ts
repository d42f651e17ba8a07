import { describePart, type ProbePart, type ProbeParts } from '../../domain/probe-output.ts';
import type { PackOwners, PackSample, UpdateTool } from './pack-sample.ts';
import { parseUpdates, recordedHotfixes } from './parse-update-config.ts';

const KIB = 1024;
const PACK_COPIES = 3;
const SPARE_BYTES = 500 * KIB * KIB;

/** @param home as it was given to the probe. */
export function parsePack(parts: ProbeParts, home: string): PackSample {
  const inside = (name: string) => pathsBelow(parts.get(name), home);
  const updates = parseUpdates(parts);
  const size = packBytes(parts);
  const sample = {
    product: firstLine(parts.get('product')),
    version: firstLine(parts.get('version')),
    updates,
    tool: parseTool(parts),
    hotfixes: recordedHotfixes(parts.get('config'), inside('hotfixes')),
    conflicts: unmerged(inside('unmerged')),
    links: inside('links'),
    packBytes: size,
    neededBytes: size === undefined ? undefined : PACK_COPIES * size + SPARE_BYTES,
    freeBytes: freeBytes(parts.get('free')),
    owners: parseOwners(parts),
    running: isRunning(parts.get('pids')),
  };
  return { ...sample, gaps: gapsOf(sample, parts) };
}

function gapsOf(sample: Omit<PackSample, 'gaps'>, parts: ProbeParts): readonly string[] {
  const why = (name: string) => describePart(parts.get(name));
  return [
    ...(parts.get('end') ? [] : ['the answer of the host was cut']),
    ...(sample.product === undefined ? [`which product it is: ${why('product')}`] : []),
    ...(sample.updates.kind === 'unknown' ? [`its update level: ${why('state')}`] : []),
    ...(sample.updates.kind === 'levels' && sample.updates.level === undefined
      ? ['its update level: `updates/config.json` has no number as `update-level`']
      : []),
    ...(sample.tool === undefined ? [`whether the update tool is there: ${why('tools')}`] : []),
    ...(sample.conflicts === undefined ? [`whether conflicts are left: ${why('unmerged')}`] : []),
    ...(sample.packBytes === undefined ? [`the size of the pack: ${why('size')}`] : []),
    ...(sample.freeBytes === undefined ? [`the free disk space: ${why('free')}`] : []),
    ...(sample.running === undefined ? [`whether it runs: ${why('pids')}`] : []),
  ];
}

function firstLine(part: ProbePart | undefined): string | undefined {
  const line = part?.exitCode === 0 ? part.lines.find((text) => text.trim() !== '') : undefined;
  return line?.trim();
}

function pathsBelow(part: ProbePart | undefined, home: string): readonly string[] | undefined {
  const prefix = `${home === '/' ? '' : home}/`;
  return part?.exitCode === 0
    ? part.lines
        .map((line) => line.replaceAll(/\/{2,}/g, '/'))
        .filter((line) => line.startsWith(prefix))
        .map((line) => line.slice(prefix.length))
    : undefined;
}

/** A conflict is a file with both `.original` and `.new` beside it: either alone may be anybody's copy. */
function unmerged(paths: readonly string[] | undefined): readonly string[] | undefined {
  const known = new Set(paths);
  return paths
    ?.filter((path) => path.endsWith('.original'))
    .map((path) => path.slice(0, -'.original'.length))
    .filter((path) => known.has(`${path}.new`))
    .toSorted();
}

const ARM = /^(?:aarch64|arm64)$/;

function parseTool(parts: ProbeParts): UpdateTool | undefined {
  const part = parts.get('tools');
  if (part?.exitCode !== 0) {
    return undefined;
  }
  const names = new Set(part.lines.map((line) => line.slice(line.lastIndexOf('/') + 1)));
  const program = ARM.test(firstLine(parts.get('machine')) ?? '') ? 'wso2update_linux_arm64' : 'wso2update_linux';
  if (names.has(program)) {
    return { kind: 'binary', program };
  }
  return { kind: names.has('update_tool_setup.sh') ? 'setup_only' : 'none' };
}

/** Logs may be larger than the pack, and no update touches them. */
function packBytes(parts: ProbeParts): number | undefined {
  const all = kilobytes(parts.get('size'));
  return all === undefined ? undefined : Math.max(0, all - (kilobytes(parts.get('logs')) ?? 0)) * KIB;
}

function kilobytes(part: ProbePart | undefined): number | undefined {
  const [, number] = /^(\d{1,15})\s/.exec(firstLine(part) ?? '') ?? [];
  return number === undefined ? undefined : Number(number);
}

function freeBytes(part: ProbePart | undefined): number | undefined {
  const row = part?.exitCode === 0 ? part.lines.at(-1) : undefined;
  const [, available] = /\s(\d{1,15})\s+\d{1,3}%\s/.exec(row ?? '') ?? [];
  return available === undefined ? undefined : Number(available) * KIB;
}

function parseOwners(parts: ProbeParts): PackOwners {
  const owner = (name: string) => {
    const [, account, path] = /^(\S+) (.+)$/.exec(firstLine(parts.get(name)) ?? '') ?? [];
    return account === undefined || path === undefined ? undefined : { owner: account, path };
  };
  return { pack: owner('pack')?.owner, state: owner('stateowner')?.owner, backups: owner('backups') };
}

/** Not found is a fact only when nothing got in the way of looking. */
function isRunning(part: ProbePart | undefined): boolean | undefined {
  const isPid = part?.lines.some((line) => /^[1-9]\d{0,9}$/.test(line));
  if (part?.exitCode === 0 && isPid) {
    return true;
  }
  return part?.exitCode === 1 && part.lines.length === 0 ? false : undefined;
}
