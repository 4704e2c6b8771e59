import { headingsOf } from './markdown.js';
import type { ReferencePage } from './reference-pages.js';

/** A result of the search: a page, or a field or value on it. */
export interface SearchEntry {
  id: number;
  /** `order`, `Order`, `Order.items`. */
  title: string;
  /** `Query`, `Object`, `Field`. */
  kind: string;
  url: string;
  /** The first sentences. */
  text: string;
}

const kinds: Readonly<Record<string, string>> = {
  Queries: 'Query',
  Mutations: 'Mutation',
  Subscriptions: 'Subscription',
  Objects: 'Type',
  Interfaces: 'Interface',
  Unions: 'Union',
  Inputs: 'Input',
  Enums: 'Enum',
  Scalars: 'Scalar',
};
const maxTextLength = 160;

/** The entries of all pages of the navigation, pages before their fields. */
export function searchEntries(pages: Iterable<ReferencePage>): SearchEntry[] {
  const documented = [...pages].filter(({ section }) => section !== '');
  const found = [
    ...documented.map(({ title, section, url, markdown }) => ({
      title,
      kind: kinds[section] ?? section,
      url,
      text: firstWords(markdown.replace(/^# .+\n+/, '')),
    })),
    ...documented.flatMap(fieldsOf),
  ];
  return found.map((entry, id) => ({ id, ...entry }));
}

/** Fields, values and arguments: the headings in code style. */
function fieldsOf({ title, url, markdown }: ReferencePage): Omit<SearchEntry, 'id'>[] {
  return headingsOf(markdown).flatMap(({ level, text, id }) => {
    const heading = `### \`${text}\`\n`;
    const start = markdown.indexOf(heading);
    if (level !== 3 || start === -1) return [];
    // The first paragraph is the type.
    const body = markdown.slice(start + heading.length).replace(/^\s*\[`[^\n]*\n/, '');
    return [{ title: `${title}.${text}`, kind: 'Field', url: `${url}#${id}`, text: firstWords(body) }];
  });
}

function firstWords(markdown: string): string {
  const [paragraph = ''] = markdown.trim().split(/\n\n|\n#/);
  const text = paragraph
    .replaceAll(/\]\([^)]*\)/g, '')
    .replaceAll(/[`[]/g, '')
    .replaceAll(/\s+/g, ' ');
  return text.length > maxTextLength ? `${text.slice(0, maxTextLength).replace(/ \S*$/, '')} …` : text;
}
