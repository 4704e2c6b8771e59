import { escapeHtml } from '../page-style.js';
import type { ReferencePage } from './reference-pages.js';
import { referencePath, sectionNames } from './reference-pages.js';

/** Addresses of the files that pages load. */
export interface ReferenceAssets {
  style: string;
  script: string;
  search: string;
  index: string;
}

/** The policy of the pages: their own files, and nothing else. */
export const referencePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** A page with header, search and navigation. `content` is HTML. */
export function referenceLayout(
  page: Pick<ReferencePage, 'url' | 'title' | 'section'>,
  content: string,
  pages: Iterable<ReferencePage>,
  assets: ReferenceAssets,
): string {
  const isFirst = page.url === referencePath;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${isFirst ? 'Souk API' : `${escapeHtml(page.title)} · Souk API`}</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="${assets.style}">
<script type="module" src="${assets.script}" data-search="${assets.search}" data-index="${assets.index}"></script>
</head>
<body>
<a class="skip" href="#content">Skip to the page</a>
<header>
<a class="home" href="${referencePath}">Souk API</a>
<search hidden>
<label class="hidden" for="search">Search operations, types and fields</label>
<input id="search" type="search" role="combobox" aria-expanded="false" aria-controls="results" aria-autocomplete="list"
 autocomplete="off" spellcheck="false" placeholder="Search ( / )">
<div id="results" role="listbox" aria-label="Results" hidden></div>
<p id="found" class="hidden" role="status"></p>
</search>
<a class="contents" href="#contents">Contents</a>
<a href="/">Endpoints</a>
</header>
<div class="layout">
<main id="content" tabindex="-1">
${page.section === '' ? '' : `<p class="section">${escapeHtml(page.section)}</p>`}
${content}
</main>
<nav id="contents" aria-label="Contents">
${navigation(page, pages)}
</nav>
</div>
</body>
</html>
`;
}

function navigation(current: Pick<ReferencePage, 'url' | 'section'>, pages: Iterable<ReferencePage>): string {
  const all = [...pages];
  return sectionNames
    .map((name) => {
      const items = all.filter(({ section }) => section === name);
      if (items.length === 0) return '';
      const links = items.map(({ url, title }) => {
        const mark = url === current.url ? ' aria-current="page"' : '';
        return `<li><a href="${escapeHtml(url)}"${mark}>${escapeHtml(title)}</a></li>`;
      });
      const isOpen = current.section === name || (current.section === '' && name === 'Queries');
      return `<details${isOpen ? ' open' : ''}><summary>${name} <small>${items.length}</small></summary>
<ul>
${links.join('\n')}
</ul></details>`;
    })
    .filter((section) => section !== '')
    .join('\n');
}
