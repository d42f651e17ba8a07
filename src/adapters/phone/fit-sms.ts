/** GSM 03.38: a character is one septet, of the extension two. */
const GSM =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const GSM_EXTENSION = '^{}\\[~]|€';

/** What has a plain form that costs no UCS-2. */
const PLAIN: Readonly<Record<string, string>> = {
  '…': '...',
  '–': '-',
  '—': '-',
  '−': '-',
  '‘': "'",
  '’': "'",
  '“': '"',
  '”': '"',
  '•': '*',
  '→': '->',
  '≥': '>=',
  '≤': '<=',
  '\u00a0': ' ',
  '\u202f': ' ',
};

const MAX_PARTS = 3;
/** A part of several is shorter: each carries which one it is. */
const GSM_LIMITS = { one: 160, part: 153 } as const;
const UCS2_LIMITS = { one: 70, part: 67 } as const;
const CUT = '...';

/** The text as it fits into three parts of an SMS: 459 septets, or 201 units of UCS-2 when a character needs that. */
export function fitSms(text: string): string {
  const plain = [...text.trim()].map((character) => PLAIN[character] ?? character);
  const isGsm = plain
    .join('')
    .split('')
    .every((unit) => GSM.includes(unit) || GSM_EXTENSION.includes(unit));
  const { one, part } = isGsm ? GSM_LIMITS : UCS2_LIMITS;
  const widthOf = isGsm ? septets : units;
  const width = plain.reduce((sum, piece) => sum + widthOf(piece), 0);
  return width <= Math.max(one, MAX_PARTS * part) ? plain.join('') : cut(plain, MAX_PARTS * part, widthOf);
}

function cut(pieces: readonly string[], room: number, widthOf: (piece: string) => number): string {
  let left = room - CUT.length;
  const kept: string[] = [];
  for (const piece of pieces) {
    left -= widthOf(piece);
    if (left < 0) {
      break;
    }
    kept.push(piece);
  }
  return kept.join('').trimEnd() + CUT;
}

function septets(piece: string): number {
  return piece.split('').reduce((sum, unit) => sum + (GSM_EXTENSION.includes(unit) ? 2 : 1), 0);
}

function units(piece: string): number {
  return piece.length;
}
