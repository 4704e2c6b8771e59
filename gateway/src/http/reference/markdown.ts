import { Marked } from 'marked';
import { posix } from 'node:path';
import { escapeHtml } from '../page-style.js';
import type { ReferencePage } from './reference-pages.js';
import { urlOf } from './reference-pages.js';

/** A section of a page that a link can name. */
export interface PageHeading {
  level: number;
  text: string;
  id: string;
}

/**
 * Renders a page as HTML. Links to other pages become addresses, headings get the ids that code hosts give them, and
 * HTML in the text is escaped.
 */
export function renderMarkdown({ file, markdown }: Pick<ReferencePage, 'file' | 'markdown'>): string {
  const nextId = headingIds();
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth, text }) {
        const id = nextId(text);
        const content = this.parser.parseInline(tokens);
        if (depth === 1) return `<h1>${content}</h1>\n`;
        // A link cannot be inside another one.
        if (text.includes('](')) return `<h${depth} id="${id}">${content}</h${depth}>\n`;
        return `<h${depth} id="${id}"><a class="anchor" href="#${id}">${content}</a></h${depth}>\n`;
      },
      link({ href, tokens }) {
        const url = linkOf(file, href);
        const external = url.startsWith('http') ? ' rel="noreferrer"' : '';
        return `<a href="${escapeHtml(url)}"${external}>${this.parser.parseInline(tokens)}</a>`;
      },
      code({ text, lang }) {
        // Long lines scroll; the focus makes that possible with a keyboard.
        return `<pre tabindex="0"><code class="language-${escapeHtml(lang ?? 'text')}">${escapeHtml(text)}</code></pre>\n`;
      },
      table({ header, rows }) {
        const cell = (tag: string) => (item: (typeof header)[number]) =>
          `<${tag}>${this.parser.parseInline(item.tokens)}</${tag}>`;
        const body = rows.map((row) => `<tr>${row.map(cell('td')).join('')}</tr>`).join('\n');
        return `<div class="table" tabindex="0"><table>
<thead><tr>${header.map(cell('th')).join('')}</tr></thead>
<tbody>
${body}
</tbody>
</table></div>
`;
      },
      html: ({ text }) => escapeHtml(text),
      image: ({ text }) => escapeHtml(text),
    },
  });
  return marked.parse(markdown, { async: false });
}

/** The headings of a page below its title. */
export function headingsOf(markdown: string): PageHeading[] {
  const nextId = headingIds();
  return [...markdown.replaceAll(/^```[\s\S]*?^```$/gm, '').matchAll(/^(#{1,6}) (.+)$/gm)].map(
    ([, marks = '', text = '']) => ({
      level: marks.length,
      text: text.replaceAll(/`|\[|\]\([^)]*\)/g, ''),
      id: nextId(text),
    }),
  );
}

/** Ids as GitHub gives them: lower case, without punctuation, numbered where they repeat. */
function headingIds(): (text: string) => string {
  const counts = new Map<string, number>();
  return (text) => {
    const id = text
      .replaceAll(/\]\([^)]*\)/g, '')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}_\- ]/gu, '')
      .replaceAll(' ', '-');
    const count = counts.get(id) ?? 0;
    counts.set(id, count + 1);
    return count === 0 ? id : `${id}-${count}`;
  };
}

/** A link between files as a link between addresses. */
function linkOf(file: string, href: string): string {
  if (/^https?:|^[#/]/.test(href)) return href;
  const [path = '', hash] = href.split('#');
  const target = posix.join(posix.dirname(file), path);
  return `${urlOf(target)}${hash === undefined ? '' : `#${hash}`}`;
}
