import type { Json } from '../world/model.ts';
import { type Html, html } from './html.ts';

const BYTES_PER_KILOBYTE = 1024;

/** A file in a message, in the shape of the Web API: a picture as a picture, anything else as a link with its name. */
export function renderFile(file: Json): Html {
  const { pathname } = new URL(String(file.url_private));
  const [title, name] = [String(file.title), String(file.name)];
  if (String(file.mimetype).startsWith('image/')) {
    return html`<figure class="file"><figcaption>${title}</figcaption>
      <a href="${pathname}" target="_blank"><img src="${pathname}" alt="${title}"></a></figure>`;
  }
  const size = Math.ceil(Number(file.size) / BYTES_PER_KILOBYTE);
  return html`<a class="file file-card" href="${pathname}" download="${name}"><span class="file-icon" aria-hidden="true">📄</span>
    <span><strong>${title}</strong><small>${String(file.filetype).toUpperCase()}, ${size} kB</small></span></a>`;
}
