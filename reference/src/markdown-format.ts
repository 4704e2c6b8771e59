import type { AdmonitionType, Badge, FrontMatterOptions, Maybe, TypeLink } from '@graphql-markdown/types';

// The generator imports this module by its path and calls its functions by their names. Pages are plain Markdown, as
// code hosts show it: no front matter, no classes.

/** The extension of the pages. */
export const mdxExtension = '.md';

/** Types are written with their modifiers (`[Order!]!`), so that badges would repeat them. */
export function formatMDXBadge(_badge: Badge): string {
  return '';
}

/** A quoted paragraph: used for deprecations only. */
export function formatMDXAdmonition({ text, title }: AdmonitionType): string {
  return `> **${title ?? 'Note'}**: ${text.trim().replaceAll('\n', ' ')}\n`;
}

/** Separates the name of a field from its type, and links of a list. A type begins a paragraph of its own. */
export function formatMDXBullet(text = ''): string {
  return text === '' ? ', ' : `\n\n${text}`;
}

/** The title of the page. */
export function formatMDXFrontmatter(_props: Maybe<FrontMatterOptions>, formatted: Maybe<string[]>): string {
  const title = formatted?.find((line) => line.startsWith('title: '))?.slice('title: '.length) ?? '';
  return `# ${title}`;
}

/** Links stay as they are; `polishPage` makes them relative. */
export function formatMDXLink(link: TypeLink): TypeLink {
  return link;
}

/** A name in code style. */
export function formatMDXNameEntity(name: string, _parentType?: Maybe<string>): string {
  return `\`${name}\``;
}

/** The page of a scalar. The identifier in the schema is no address that can be opened. */
export function formatMDXSpecifiedByLink(url: string): string {
  const name = url.split('/').at(-1) ?? '';
  return url.startsWith('https://souk.dev/scalars/')
    ? `[Specification](../../../scalars/${name}.md)`
    : `[Specification](${url})`;
}
