const MAGIC = 0xcafec0c0;
const PROLOGUE_BYTES = 32;
const ENTRY_HEADER_BYTES = 20;

export type PerfCounters = ReadonlyMap<string, number | string>;

/**
 * Reads the perf data file of a HotSpot JVM (`/tmp/hsperfdata_<user>/<pid>`, format version 2, unchanged from
 * JDK 5 to 25): a prologue, then entries of a name and a `long` or a string.
 * @returns `undefined` when it is not such a file; a damaged one gives the counters before the damage.
 */
export function parsePerfData(file: Uint8Array): PerfCounters | undefined {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (view.byteLength < PROLOGUE_BYTES || view.getUint32(0) !== MAGIC) {
    return undefined;
  }
  const littleEndian = view.getUint8(4) === 1;
  const counters = new Map<string, number | string>();
  let offset = view.getInt32(24, littleEndian);
  for (let left = view.getInt32(28, littleEndian); left > 0; left -= 1) {
    const entry = readEntry(view, offset, littleEndian);
    if (entry === undefined) {
      break;
    }
    if (entry.value !== undefined) {
      counters.set(entry.name, entry.value);
    }
    offset += entry.length;
  }
  return counters;
}

interface Entry {
  readonly length: number;
  readonly name: string;
  readonly value: number | string | undefined;
}

function readEntry(view: DataView, offset: number, littleEndian: boolean): Entry | undefined {
  if (offset < PROLOGUE_BYTES || offset + ENTRY_HEADER_BYTES > view.byteLength) {
    return undefined;
  }
  const length = view.getInt32(offset, littleEndian);
  const nameAt = offset + view.getInt32(offset + 4, littleEndian);
  const vectorLength = view.getInt32(offset + 8, littleEndian);
  const type = String.fromCharCode(view.getUint8(offset + 12));
  const valueAt = offset + view.getInt32(offset + 16, littleEndian);
  const end = offset + length;
  const isInside = [nameAt, valueAt].every((at) => at > offset && at < end);
  if (length <= ENTRY_HEADER_BYTES || end > view.byteLength || !isInside) {
    return undefined;
  }
  const name = readText(view, nameAt, end);
  if (type === 'J' && vectorLength === 0 && valueAt + 8 <= end) {
    return { length, name, value: Number(view.getBigInt64(valueAt, littleEndian)) };
  }
  const isText = type === 'B' && vectorLength > 0;
  return { length, name, value: isText ? readText(view, valueAt, Math.min(end, valueAt + vectorLength)) : undefined };
}

function readText(view: DataView, from: number, to: number): string {
  const bytes = new Uint8Array(view.buffer, view.byteOffset + from, to - from);
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end === -1 ? bytes : bytes.subarray(0, end));
}
