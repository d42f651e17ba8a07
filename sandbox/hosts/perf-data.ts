/** One counter of a HotSpot perf data file: a 64-bit number or a text. */
export interface PerfCounter {
  readonly name: string;
  readonly value: number | string;
  readonly unit: PerfUnit;
}

type PerfUnit = keyof typeof UNITS;

const UNITS = { none: 1, bytes: 2, ticks: 3, events: 4, string: 5, hertz: 6 } as const;
const CONSTANT = 1;
const VARIABLE = 3;
/** A public counter, which jstat shows without being asked for unsupported ones. */
const SUPPORTED = 1;

const PROLOGUE_BYTES = 32;
const ENTRY_HEADER_BYTES = 20;
const FILE_BYTES = 32_768;

/** Writes counters as the memory-mapped file that a HotSpot JVM keeps in `/tmp/hsperfdata_<user>/<pid>` (format 2.0). */
export function encodePerfData(counters: readonly PerfCounter[]): Buffer {
  const entries = Buffer.concat(counters.map(encodeEntry));
  const file = Buffer.alloc(Math.max(FILE_BYTES, PROLOGUE_BYTES + entries.length));
  file.writeUInt32BE(0xcafec0c0, 0);
  file.writeUInt8(1, 4); // little-endian
  file.writeUInt8(2, 5);
  file.writeUInt8(0, 6);
  file.writeUInt8(1, 7); // accessible
  file.writeInt32LE(PROLOGUE_BYTES + entries.length, 8);
  file.writeInt32LE(0, 12);
  file.writeBigInt64LE(1n, 16);
  file.writeInt32LE(PROLOGUE_BYTES, 24);
  file.writeInt32LE(counters.length, 28);
  entries.copy(file, PROLOGUE_BYTES);
  return file;
}

/** Entries are aligned to eight bytes, and so are the numbers in them. */
function encodeEntry({ name, value, unit }: PerfCounter): Buffer {
  const isText = typeof value === 'string';
  const data = isText ? Buffer.from(`${value}\0`, 'utf8') : Buffer.alloc(8);
  if (!isText) {
    data.writeBigInt64LE(BigInt(Math.round(value)));
  }
  const dataOffset = isText ? ENTRY_HEADER_BYTES + name.length + 1 : align(ENTRY_HEADER_BYTES + name.length + 1);
  const entry = Buffer.alloc(align(dataOffset + data.length));
  entry.writeInt32LE(entry.length, 0);
  entry.writeInt32LE(ENTRY_HEADER_BYTES, 4);
  entry.writeInt32LE(isText ? data.length : 0, 8);
  entry.write(isText ? 'B' : 'J', 12, 'latin1');
  entry.writeUInt8(isSupported(name) ? SUPPORTED : 0, 13);
  entry.writeUInt8(UNITS[unit], 14);
  entry.writeUInt8(isText ? CONSTANT : VARIABLE, 15);
  entry.writeInt32LE(dataOffset, 16);
  entry.write(`${name}\0`, ENTRY_HEADER_BYTES, 'latin1');
  data.copy(entry, dataOffset);
  return entry;
}

function isSupported(name: string): boolean {
  return name.startsWith('java.');
}

function align(bytes: number): number {
  return Math.ceil(bytes / 8) * 8;
}
