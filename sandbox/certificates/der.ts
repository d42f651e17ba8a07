/** As much of DER (X.690) as a certificate needs. */
export function tagged(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag]), lengthOf(content), content]);
}

export function sequence(...parts: readonly Buffer[]): Buffer {
  return tagged(0x30, ...parts);
}

export function set(...parts: readonly Buffer[]): Buffer {
  return tagged(0x31, ...parts);
}

export function octets(content: Buffer): Buffer {
  return tagged(0x04, content);
}

export function bits(content: Buffer): Buffer {
  return tagged(0x03, Buffer.from([0]), content);
}

export function boolean(value: boolean): Buffer {
  return tagged(0x01, Buffer.from([value ? 0xff : 0]));
}

/** @param content Big endian; a first bit would make it negative. */
export function integer(content: Buffer): Buffer {
  const isNegative = ((content[0] ?? 0) & 0x80) !== 0;
  return tagged(0x02, isNegative ? Buffer.concat([Buffer.from([0]), content]) : content);
}

export function text(content: string): Buffer {
  return tagged(0x0c, Buffer.from(content, 'utf8'));
}

/** GeneralizedTime, to the second. */
export function time(date: Date): Buffer {
  const digits = date.toISOString().replaceAll(/[-:T]|\.\d+/g, '');
  return tagged(0x18, Buffer.from(digits, 'ascii'));
}

/** @param name `2.5.29.17` */
export function objectId(name: string): Buffer {
  const [first = 0, second = 0, ...rest] = name.split('.').map(Number);
  return tagged(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

function base128(number: number): number[] {
  const groups: number[] = [number & 0x7f];
  for (let left = number >>> 7; left > 0; left >>>= 7) {
    groups.unshift((left & 0x7f) | 0x80);
  }
  return groups;
}

function lengthOf({ length }: Buffer): Buffer {
  if (length < 0x80) {
    return Buffer.from([length]);
  }
  const bytes: number[] = [];
  for (let left = length; left > 0; left >>>= 8) {
    bytes.unshift(left & 0xff);
  }
  return Buffer.from([0x80 | bytes.length, ...bytes]);
}
