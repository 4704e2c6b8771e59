import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema } from 'graphql';
import { documentedSchema } from './documented-schema.js';
import { exampleSection } from './example-section.js';
import type { RootType } from './examples.js';
import { operationFolders, readExamples } from './examples.js';
import type { Pages } from './generator.js';
import { generatePages } from './generator.js';
import { indexPage } from './index-page.js';

/**
 * All pages of `docs/api`, by their paths below it, made from the supergraph and the examples.
 * @throws where the generator left out an operation or a type, or an example names an unknown operation
 */
export async function referencePages(root: string): Promise<Pages> {
  const sdl = documentedSchema(readFileSync(join(root, 'gateway/supergraph.graphql'), 'utf8'));
  const generated = await generatePages(sdl);
  checkComplete(sdl, generated);
  const paths = operationPaths(generated);
  const pages = new Map(generated);
  for (const example of readExamples(root)) {
    const path = paths.get(example.coordinate);
    if (path === undefined)
      throw new Error(`The example of ${example.coordinate} names no operation of the API.`);
    const section = exampleSection(example, (coordinate) => `../../${paths.get(coordinate) ?? ''}`);
    pages.set(path, `${pages.get(path) ?? ''}\n${section}\n`);
  }
  const introduction = readFileSync(join(root, 'reference/introduction.md'), 'utf8');
  pages.set('README.md', indexPage(introduction, generated));
  return pages;
}

/** Paths of the pages of operations, by coordinate: `Query.order`. */
function operationPaths(pages: Pages): Map<string, string> {
  return new Map(
    (Object.keys(operationFolders) as RootType[]).flatMap((root) =>
      [...pages]
        .filter(([path]) => path.startsWith(`operations/${operationFolders[root]}/`))
        .map(([path, text]) => [`${root}.${titleOf(text)}`, path] as const),
    ),
  );
}

function titleOf(text: string): string {
  return /^# (.+)$/m.exec(text)?.[1] ?? '';
}

/** The generator reports what it cannot print and continues. */
function checkComplete(sdl: string, pages: Pages): void {
  const schema = buildSchema(sdl);
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const types = Object.values(schema.getTypeMap()).filter(
    (type) => !type.name.startsWith('__') && !roots.some((root) => root === type),
  );
  const titles = new Set([...pages.values()].map(titleOf));
  const fields = roots.flatMap((root) => Object.keys(root?.getFields() ?? {}));
  const missing = [...types.map(({ name }) => name), ...fields].filter((name) => !titles.has(name));
  if (missing.length > 0) throw new Error(`The generator made no page of ${missing.join(', ')}.`);
}
