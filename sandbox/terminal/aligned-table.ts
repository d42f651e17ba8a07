/** Columns side by side; a column of numbers to the right. */
export function alignedTable(rows: readonly (readonly string[])[], alignments: readonly string[] = []): string {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, column) =>
    Math.max(0, ...rows.map((row) => displayWidth(row[column] ?? ''))),
  );
  const lines = rows.map((row) =>
    widths
      .map((width, column) => pad(row[column] ?? '', width, alignments[column]))
      .join('  ')
      .trimEnd(),
  );
  const [heading = '', ...rest] = lines;
  return [heading, widths.map((width) => '─'.repeat(width)).join('  '), ...rest].join('\n');
}

function pad(text: string, width: number, alignment: string | undefined): string {
  const blanks = ' '.repeat(width - displayWidth(text));
  return alignment === 'right' ? blanks + text : text + blanks;
}

const WIDE = /\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F/u;
const INVISIBLE = /^[\uFE0F\u200D]$/u;

/** Columns of a terminal: an emoji takes two. */
function displayWidth(text: string): number {
  const segments = new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text);
  return [...segments].reduce(
    (width, { segment }) => width + (INVISIBLE.test(segment) ? 0 : WIDE.test(segment) ? 2 : 1),
    0,
  );
}
