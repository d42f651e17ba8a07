/** A name with dots becomes a link on its way: `<http://esb-1.example.com|esb-1.example.com>`. */
const LINK = /<(?:https?:\/\/|mailto:|tel:)[^|>]*\|([^>]*)>/g;

/** What somebody typed, out of what Slack made of it. It escapes these three characters and no others. */
export function readSlackText(text: string): string {
  return text.replace(LINK, '$1').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
