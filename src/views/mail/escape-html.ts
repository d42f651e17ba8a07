import { clean } from '../mrkdwn.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text from outside, safe in HTML and in its attributes; one line. */
export function escapeHtml(text: string): string {
  return clean(text).replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

/** A link that people can open; the words alone when the address is none. The words are HTML. */
export function htmlLink(url: string | undefined, words: string, style = ''): string {
  const isAddress = url !== undefined && /^https?:\/\/[^\s<>"']{1,2000}$/.test(url);
  return isAddress ? `<a href="${escapeHtml(url)}"${style && ` style="${style}"`}>${words}</a>` : words;
}
