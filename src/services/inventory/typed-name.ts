const LONGEST_ECHO = 40;
const QUOTES = /["'`“”„‟‘’‚‛«»‹›]/g;
const DASHES = /[‐‑‒–—−]/g;
const INVISIBLE = /[\p{C}\p{Z}\s]+/gu;
/** What would end the code span of an echo, or make Slack read it as a mention or a link. */
const MARKUP = /[`<>&]/g;

/** A name as it was meant: phones type smart quotes and dashes, and upper and lower case are the same. */
export function readTypedName(typed: string): string {
  return typed.replace(QUOTES, '').replace(DASHES, '-').replace(INVISIBLE, '').toLowerCase();
}

/** What somebody typed, to be shown back in a sentence: no markup, nothing invisible, 40 characters at most. */
export function echo(typed: string): string {
  const shown = [...typed.slice(0, 400).replace(INVISIBLE, ' ').replace(MARKUP, '').trim()];
  if (shown.length === 0) {
    return 'with that name';
  }
  return `\`${shown.length > LONGEST_ECHO ? `${shown.slice(0, LONGEST_ECHO - 1).join('')}…` : shown.join('')}\``;
}
