/** Characters that the generator escapes for MDX and that mean nothing in Markdown where it writes them. */
const escaped: Readonly<Record<string, string>> = {
  '&#x005F;': '_',
  '&#x007B;': '{',
  '&#x007D;': '}',
  '&#x003E;': '>',
};
/** A heading that would link to itself: `#### [`name`](#)`. */
const selfLink = /^(#{3,5}) \[(`[^`]+`)\]\(#[^)]*\)$/gm;
const pageLink = /\]\(\/((?:operations|types)\/[^)#\s]+)\)/g;
/** In the list of what uses a type. Directives have no pages. */
const directiveLink = / · \[`[^`]+`\]\([^)]*\/directives\/[^)]*\)/g;
/** The description of each directive again: the text above the code has it. */
const directives = /^### Directives\n[\s\S]*?(?=^### |$(?![\s\S]))/m;
/** An argument of a field: a heading one level below that of the field, the type, and the description. */
const argument = /^##### (`[^`]+`)\n+(\[.+\))\n*([\s\S]*?)\n*(?=^#|$(?![\s\S]))/gm;
const titles: Readonly<Record<string, string>> = {
  'Member Of': 'Used by',
  'Returned By': 'Returned by',
  'Implemented By': 'Implemented by',
  Type: 'Result',
};

/**
 * Makes a generated page plain Markdown: relative links, headings without links, arguments of fields as lists.
 * All pages are two folders deep.
 */
export function polishPage(page: string): string {
  const text = page
    .replaceAll(/&#x[0-9A-F]{4};/g, (entity, offset: number) =>
      page[offset - 1] === '\n' ? entity : (escaped[entity] ?? entity),
    )
    .replaceAll(/[ \t]+$/gm, '')
    .replaceAll(/^[ \t]+(?=Access:|Cost:|Cache:)/gm, '')
    .replaceAll(/ {2}, \[/g, ' · [')
    .replaceAll(directiveLink, '')
    .replace(directives, '')
    .replaceAll(selfLink, '$1 $2')
    .replaceAll(pageLink, '](../../$1.md)')
    .replaceAll(/^### (\[Specification\].*)$/gm, '$1')
    .replaceAll(/^### (.*)$/gm, (_all, title: string) => `### ${titles[title] ?? title}`)
    .replaceAll(argument, (_all, name: string, type: string, description: string) => {
      const sentence = description.replaceAll(/\s*\n\s*/g, ' ');
      return `- ${name}, ${type}${sentence === '' ? '' : `: ${sentence}`}\n`;
    })
    .replaceAll(/^(#{2,4} .*)$/gm, '\n$1\n')
    .replaceAll(/^(\[`[^`]+`\]\([^)]+\))\n(?=[^\n])/gm, '$1\n\n')
    .replaceAll(/\n+(- .*(?:\n- .*)*)\n*/g, '\n\n$1\n\n')
    .replaceAll(/\n(Codes: )/g, '\n\n$1')
    .replaceAll(/^###/gm, '##')
    .replaceAll(/\n{3,}/g, '\n\n');
  return `${text.trim()}\n`;
}
