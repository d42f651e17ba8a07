import { scrubSecrets } from '../domain/scrub.ts';
import type { Secret } from '../domain/secret.ts';

const MAX_LENGTH = 200;

/** What another machine said, for a sentence of ours: one short line without control characters and without secrets. */
export function foreignText(text: string, secret?: Secret | undefined): string {
  const own = secret?.reveal() ?? '';
  const known = own === '' ? text : text.replaceAll(own, '[secret]');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what goes
  const line = scrubSecrets(known.replaceAll(/[\u0000-\u001f\u007f\s]+/g, ' ').trim());
  return line.length > MAX_LENGTH ? `${line.slice(0, MAX_LENGTH - 1)}…` : line;
}
