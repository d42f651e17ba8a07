import { html } from 'hono/html';

/** Markup in which everything that came from outside is escaped. */
export type Html = ReturnType<typeof html>;

/** Addresses of the files that pages need. */
export interface AssetPaths {
  readonly css: string;
  readonly icon: string;
  /** Keeps a page up to date. */
  readonly page: string;
  readonly charts: string;
  readonly echarts: string;
}

export interface PageFrame {
  readonly title: string;
  readonly assets: AssetPaths;
  /** Missing: nobody has signed in. */
  readonly person?: string | undefined;
  /** From the start page to this one. */
  readonly trail?: readonly { readonly words: string; readonly href?: string | undefined }[] | undefined;
  /** Scripts, as addresses. */
  readonly scripts?: readonly string[] | undefined;
}

/** A whole page. */
export function page({ title, assets, person, trail = [], scripts = [] }: PageFrame, content: Html): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex, nofollow">
<title>${title} · msops</title>
<link rel="icon" href="${assets.icon}" type="image/svg+xml">
<link rel="stylesheet" href="${assets.css}">
${scripts.map((src) => html`<script src="${src}" defer></script>`)}
</head>
<body>
<a class="skip" href="#content">Skip to content</a>
<header class="top">
<nav aria-label="Where you are">
<a class="brand" href="/"><img src="${assets.icon}" alt="" width="22" height="22">msops</a>
${trail.map(crumb)}
</nav>
${person === undefined ? '' : whoIsThis(person)}
</header>
<main id="content">
${content}
</main>
</body>
</html>
`;
}

function crumb({ words, href }: { words: string; href?: string | undefined }): Html {
  const shown =
    href === undefined ? html`<span aria-current="page">${words}</span>` : html`<a href="${href}">${words}</a>`;
  return html`<span class="slash" aria-hidden="true">/</span>${shown}`;
}

function whoIsThis(person: string): Html {
  return html`<form class="person" method="post" action="/sign-out">
<span class="name">${person}</span><button type="submit">Sign out</button>
</form>`;
}
