/** Control characters, and those that turn or hide text: nothing from a host or a person may rearrange a message. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\u2028\u2029]+/gu;

/** One line of well-formed text without invisible characters. Emoji lose their joiners, which is fine. */
export function clean(text: string): string {
  return text.toWellFormed().replaceAll(INVISIBLE, ' ').trim();
}

/** Text from outside, safe inside mrkdwn: no mentions, no links, one line. */
export function escapeMrkdwn(text: string): string {
  return clean(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A code span. Nothing in it can end it early. */
export function code(text: string): string {
  const inside = escapeMrkdwn(text).replaceAll('`', "'");
  return inside === '' ? '–' : `\`${inside}\``;
}

/** Cuts plain text to `max` characters, the last being `…`. Never halves a character. */
export function cut(text: string, max: number): string {
  return text.length <= max ? text : `${withoutHalf(text.slice(0, max - 1))}…`;
}

/** Cuts mrkdwn to `max` characters without leaving half an entity or an open code span. */
export function cutMrkdwn(text: string, max: number): string {
  if (text.length <= max) {
    return text;
  }
  const whole = withoutHalf(text.slice(0, max - 2)).replace(/&[a-z]{0,3}$/, '');
  const isInCode = whole.split('`').length % 2 === 0;
  return `${whole}…${isInCode ? '`' : ''}`;
}

function withoutHalf(text: string): string {
  return text.isWellFormed() ? text : text.slice(0, -1);
}
