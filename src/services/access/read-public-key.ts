/** The body of an OpenSSH private key begins so, whatever became of the lines around it. */
const PRIVATE = /PRIVATE KEY|PuTTY-User-Key-File|Private-Lines|Private-MAC|b3BlbnNzaC1rZXktdjE/i;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
const SMALLEST_RSA_BITS = 3072;
const LARGEST_RSA_BITS = 16_384;
const LONGEST = 6_000;

/** Whether what follows the type inside a key is whole. */
const IS_WHOLE: Readonly<Record<string, (parts: readonly Buffer[]) => boolean>> = {
  'ssh-ed25519': (parts) => parts.length === 1 && parts[0]?.length === 32,
  'ecdsa-sha2-nistp256': (parts) => isPoint(parts, 'nistp256', 65),
  'ecdsa-sha2-nistp384': (parts) => isPoint(parts, 'nistp384', 97),
  'ecdsa-sha2-nistp521': (parts) => isPoint(parts, 'nistp521', 133),
  'ssh-rsa': (parts) => parts.length === 2 && parts.every(isPositive),
  'sk-ssh-ed25519@openssh.com': (parts) => parts.length === 2 && parts[0]?.length === 32,
};

const ADVICE = 'Paste the one line of your `.pub` file, such as `~/.ssh/id_ed25519.pub`.';

/** A key as `ssh-ed25519 AAAA…`, or a sentence on what is wrong with it, which never repeats it. */
export type PublicKeyLine = { readonly key: string } | { readonly problem: string };

/** Reads what a person pasted as their SSH public key, and looks inside. The comment is dropped. */
export function readPublicKey(pasted: string): PublicKeyLine {
  const text = pasted.trim();
  if (PRIVATE.test(text)) {
    return problem(
      'That is a private key. It is burnt now: stop using it, remove its public key wherever it is, make a new pair with `ssh-keygen -t ed25519` and paste the line of the `.pub` file.',
    );
  }
  if (text.length > LONGEST || /[\r\n]/.test(text)) {
    return problem(`A public key is one line. ${ADVICE}`);
  }
  const [type = '', base64 = ''] = text.split(/[ \t]+/);
  const isWhole = Object.hasOwn(IS_WHOLE, type) ? IS_WHOLE[type] : undefined;
  return isWhole === undefined ? problem(wrongType(text)) : readBlob({ type, base64, isWhole });
}

interface Line {
  readonly type: string;
  readonly base64: string;
  readonly isWhole: (parts: readonly Buffer[]) => boolean;
}

function readBlob({ type, base64, isWhole }: Line): PublicKeyLine {
  const blob = Buffer.from(base64, 'base64');
  if (!BASE64.test(base64) || blob.toString('base64') !== base64) {
    return problem(`The key is damaged: its second word is not whole. ${ADVICE}`);
  }
  const [innerType, ...parts] = splitBlob(blob) ?? [];
  if (innerType?.toString('latin1') !== type || !isWhole(parts)) {
    return problem(`The key is damaged: what is inside does not fit its type. ${ADVICE}`);
  }
  const bits = type === 'ssh-rsa' ? bitsOf(parts[1]) : SMALLEST_RSA_BITS;
  if (bits < SMALLEST_RSA_BITS || bits > LARGEST_RSA_BITS) {
    return problem(
      `An RSA key needs ${SMALLEST_RSA_BITS} to ${LARGEST_RSA_BITS} bits, and this one has ${bits}. Better: \`ssh-keygen -t ed25519\`.`,
    );
  }
  return { key: `${type} ${base64}` };
}

function wrongType(text: string): string {
  const words = text.split(/[\s,]+/);
  if (words.some((word) => Object.hasOwn(IS_WHOLE, word))) {
    return `Nothing may stand before the type of the key, options neither. ${ADVICE}`;
  }
  const known = Object.keys(IS_WHOLE).join(', ');
  return `That is no SSH public key of a type that is accepted here (${known}). ${ADVICE}`;
}

/** An SSH blob is strings one after the other, each behind its length; `undefined` when the lengths do not add up. */
function splitBlob(blob: Buffer): Buffer[] | undefined {
  const parts: Buffer[] = [];
  let offset = 0;
  while (offset + 4 <= blob.length) {
    const end = offset + 4 + blob.readUInt32BE(offset);
    if (end > blob.length) {
      return undefined;
    }
    parts.push(blob.subarray(offset + 4, end));
    offset = end;
  }
  return offset === blob.length ? parts : undefined;
}

/** Not compressed: `sshd` takes no other. */
function isPoint(parts: readonly Buffer[], curve: string, bytes: number): boolean {
  const [name, point, ...rest] = parts;
  return name?.toString('latin1') === curve && point?.length === bytes && point[0] === 4 && rest.length === 0;
}

/** A number of RFC 4251: no sign, no zeros in front but one that keeps it positive. */
function isPositive(number: Buffer): boolean {
  const [first = 0x80, second = 0] = number;
  return first < 0x80 && (first !== 0 || second >= 0x80);
}

function bitsOf(number: Buffer | undefined): number {
  return BigInt(`0x${number?.toString('hex') || '0'}`).toString(2).length;
}

function problem(words: string): PublicKeyLine {
  return { problem: words };
}
