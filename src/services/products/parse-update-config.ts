import type { ProbePart, ProbeParts } from '../../domain/probe-output.ts';
import type { UpdateState } from './pack-sample.ts';

/** `config.json`: update levels. `config.yaml`: the older in-place tool. Neither: WUM, the oldest. */
export function parseUpdates(parts: ProbeParts): UpdateState {
  const state = parts.get('state');
  const names = (state?.lines ?? []).map((line) => line.slice(line.lastIndexOf('/') + 1));
  if (names.includes('config.json')) {
    return { kind: 'levels', level: updateLevel(parts.get('config')) };
  }
  if (state?.exitCode !== 0) {
    return { kind: 'unknown' };
  }
  return { kind: names.includes('config.yaml') ? 'in_place' : 'wum' };
}

/** The tool writes -1 when it was run and has never updated. */
function updateLevel(config: ProbePart | undefined): number | undefined {
  const value = asRecord(parseJson(config))?.['update-level'];
  const isNumber = typeof value === 'number' || (typeof value === 'string' && /^-?\d{1,6}$/.test(value));
  const level = isNumber ? Number(value) : undefined;
  return level !== undefined && Number.isInteger(level) ? Math.max(0, level) : undefined;
}

/**
 * Where the tool records hotfixes is not documented. Anything in its state that calls itself so, and any file below
 * `updates/` that is named so, counts as one; a state that has a place for them and nothing in it says that there is none.
 */
export function recordedHotfixes(
  config: ProbePart | undefined,
  files: readonly string[] | undefined,
): readonly string[] | undefined {
  const state = hotfixEntries(parseJson(config));
  const found = [...(state ?? []), ...(files ?? []).filter((path) => path !== 'updates/hotfixes')];
  return found.length > 0 || state !== undefined ? [...new Set(found)].toSorted() : undefined;
}

/** Of every key with `hotfix` in it, however deep; `undefined`: there is no such key. */
function hotfixEntries(value: unknown): readonly string[] | undefined {
  const known = Object.entries(asRecord(value) ?? {})
    .map(([key, inner]) => (/hotfix/i.test(key) ? namesOf(inner, key) : hotfixEntries(inner)))
    .filter((names) => names !== undefined);
  return known.length > 0 ? known.flat() : undefined;
}

function namesOf(value: unknown, key: string): readonly string[] {
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown) => namesOf(item, key));
  }
  const record = asRecord(value);
  if (record) {
    return Object.keys(record);
  }
  return value === null || value === '' || value === false || value === 0 || value === -1
    ? []
    : [typeof value === 'string' ? value : key];
}

function parseJson(part: ProbePart | undefined): unknown {
  try {
    return part?.exitCode === 0 ? JSON.parse(part.lines.join('\n')) : undefined;
  } catch {
    return undefined;
  }
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}
