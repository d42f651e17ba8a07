import { escapeHtml } from './escape-html.ts';

/** Where the sentence goes that a mail is late; nothing else may stand before it. */
const LATE_PLACE = '<!--late-->';

const FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:1.45";
const WIDTH = 'max-width:640px;margin:0 auto;padding:16px 12px';

export interface MailPage {
  readonly title: string;
  /** HTML, with everything escaped. */
  readonly body: string;
}

/**
 * A whole mail. Styles are inline, since mail programs drop the rest; no color is set but of small marks, so that light
 * and dark come from the reader's own.
 */
export function mailPage({ title, body }: MailPage): string {
  return [
    '<!doctype html>',
    '<html lang="en" style="color-scheme:light dark">',
    '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">',
    '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">',
    `<title>${escapeHtml(title)}</title></head>`,
    `<body style="margin:0;color-scheme:light dark;${FONT}">${LATE_PLACE}<div style="${WIDTH}">`,
    body,
    '</div></body></html>',
  ].join('\n');
}

/** In a mail of ours, or of anybody. */
export function withLateLine(html: string, sentence: string): string {
  const line = `<p style="margin:0;padding:10px 14px;border-left:6px solid #d97706;${FONT}"><strong>${escapeHtml(sentence)}</strong></p>`;
  if (html.includes(LATE_PLACE)) {
    return html.replace(LATE_PLACE, () => line);
  }
  const body = /<body\b[^>]*>/i.exec(html);
  const at = body === null ? 0 : body.index + body[0].length;
  return `${html.slice(0, at)}${line}${html.slice(at)}`;
}
