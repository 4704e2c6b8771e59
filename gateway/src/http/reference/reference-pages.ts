import { readdir, readFile } from 'node:fs/promises';
import { join, posix, sep } from 'node:path';

/** The path of the API reference. */
export const referencePath = '/docs';

/** A page of the reference: a Markdown file, and its address. */
export interface ReferencePage {
  /** Without the host: `/docs/operations/queries/order`. */
  url: string;
  /** Below the folder of documentation: `api/operations/queries/order.md`. */
  file: string;
  /** Section of the navigation: `Queries`. Empty for pages outside of it. */
  section: string;
  title: string;
  markdown: string;
}

/** Sections of the navigation in order, by the folder of their pages. */
const sections: Readonly<Record<string, string>> = {
  'api/operations/queries': 'Queries',
  'api/operations/mutations': 'Mutations',
  'api/operations/subscriptions': 'Subscriptions',
  'api/types/objects': 'Objects',
  'api/types/interfaces': 'Interfaces',
  'api/types/unions': 'Unions',
  'api/types/inputs': 'Inputs',
  'api/types/enums': 'Enums',
  'api/types/scalars': 'Scalars',
};

/** Names of the sections in order. */
export const sectionNames: readonly string[] = Object.values(sections);

/** The folders that are served. Other pages of the documentation are for people who work on Souk. */
const served = ['api', 'scalars'];

/** Reads the pages below a folder of documentation, by their addresses. */
export async function readReferencePages(folder: string): Promise<ReadonlyMap<string, ReferencePage>> {
  const files = (
    await Promise.all(
      served.map(async (name) =>
        (await readdir(join(folder, name), { recursive: true })).map((path) =>
          posix.join(name, path.split(sep).join('/')),
        ),
      ),
    )
  ).flat();
  const pages = await Promise.all(
    files
      .filter((file) => file.endsWith('.md'))
      .map(async (file) => pageOf(file, await readFile(join(folder, file), 'utf8'))),
  );
  return new Map(
    pages.sort((a, b) => a.title.localeCompare(b.title, 'en')).map((page) => [page.url, page] as const),
  );
}

function pageOf(file: string, markdown: string): ReferencePage {
  return {
    url: urlOf(file),
    file,
    section: sections[posix.dirname(file)] ?? '',
    title: /^# (.+)$/m.exec(markdown)?.[1] ?? file,
    markdown,
  };
}

/** The address of a file: `/docs/operations/queries/order` of `api/operations/queries/order.md`. */
export function urlOf(file: string): string {
  const path = file
    .replace(/^api\//, '')
    .replace(/\.md$/, '')
    .replace(/(^|\/)README$/, '');
  return path === '' ? referencePath : `${referencePath}/${path}`;
}
