/** Text that is HTML already. Anything else that comes into a template is escaped. */
export interface Html {
  readonly html: string;
}

type Part = Html | string | number | undefined | false | readonly Part[];

/** A template whose values are escaped, but for HTML made here. `undefined` and `false` leave nothing. */
export function html(strings: TemplateStringsArray, ...values: readonly Part[]): Html {
  const parts = strings.map((text, index) => text + (index < values.length ? toHtml(values[index]) : ''));
  return { html: parts.join('') };
}

/** Trusts the text: only for what a renderer made. */
export function raw(text: string): Html {
  return { html: text };
}

function toHtml(part: Part): string {
  if (part === undefined || part === false) {
    return '';
  }
  if (typeof part === 'string' || typeof part === 'number') {
    return escapeHtml(String(part));
  }
  return 'html' in part ? part.html : part.map(toHtml).join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
