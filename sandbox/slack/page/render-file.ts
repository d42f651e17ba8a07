import type { StoredFile } from '../world/model.ts';
import { type Html, html } from './html.ts';
import type { Sight } from './viewer.ts';

const BYTES_PER_KILOBYTE = 1024;

/** A file in a message: a picture as a picture, anything else as a link with its name. */
export function renderFile(id: string, { world }: Sight): Html | undefined {
  const file = world.files.get(id);
  if (file === undefined) {
    return undefined;
  }
  const path = `/files-pri/${world.home.id}-${file.id}/${encodeURIComponent(file.name)}`;
  if (file.mimetype.startsWith('image/')) {
    return html`<figure class="file"><figcaption>${file.title}</figcaption>
      <a href="${path}" target="_blank" rel="noopener"><img src="${path}" alt="${file.title}" loading="lazy"></a></figure>`;
  }
  return html`<a class="file file-card" href="${path}" download="${file.name}"><span class="file-icon" aria-hidden="true">📄</span>
    <span><strong>${file.title}</strong><small>${describe(file)}</small></span></a>`;
}

function describe({ name, content }: StoredFile): string {
  const kind = (name.split('.').at(-1) ?? 'file').toUpperCase();
  return content === undefined ? kind : `${kind}, ${Math.ceil(content.length / BYTES_PER_KILOBYTE)} kB`;
}
