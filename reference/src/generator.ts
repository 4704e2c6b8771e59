import type { CustomDirective, Options } from '@graphql-markdown/types';
import { generateDocFromSchema } from '@graphql-markdown/core';
import type { GraphQLDirective } from 'graphql';
import { getDirectiveValues } from 'graphql';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import type { ListSizeArguments } from './directive-texts.js';
import { cacheText, listSizeText, scopesText } from './directive-texts.js';
import { polishPage } from './page-polish.js';

/** Texts by their paths below `docs/api`, such as `operations/queries/order.md`. */
export type Pages = ReadonlyMap<string, string>;

/** Generates the pages of operations and types from a schema. May be called once per process: the generator keeps state. */
export async function generatePages(sdl: string): Promise<Pages> {
  const folder = await mkdtemp(join(tmpdir(), 'souk-reference-'));
  try {
    const schemaFile = join(folder, 'schema.graphql');
    await writeFile(schemaFile, sdl);
    const outputDir = join(folder, 'pages');
    await generateDocFromSchema(optionsFor(schemaFile, outputDir));
    return await readPages(outputDir);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function optionsFor(schemaLocation: string, outputDir: string): Options {
  return {
    schemaLocation,
    outputDir,
    baseURL: '.',
    linkRoot: '/',
    tmpDir: join(outputDir, '../tmp'),
    loaders: { GraphQLFileLoader: '@graphql-tools/graphql-file-loader' },
    formatter: join(__dirname, 'markdown-format.js'),
    customDirective: directiveTexts,
    diffMethod: 'NONE',
    homepageLocation: undefined,
    docOptions: { index: false, sectionHeaderId: false },
    printTypeOptions: {
      deprecated: 'default',
      hierarchy: { api: {} },
      parentTypePrefix: false,
      typeBadges: false,
    },
    metatags: [],
    onlyDocDirective: [],
    skipDocDirective: [],
    prettify: false,
  } as unknown as Options;
}

function valuesOf<Arguments>(directive: GraphQLDirective | undefined, node: unknown): Partial<Arguments> {
  const { astNode } = node as { astNode?: Parameters<typeof getDirectiveValues>[1] };
  return ((directive && astNode && getDirectiveValues(directive, astNode)) ?? {}) as Partial<Arguments>;
}

const directiveTexts: CustomDirective = {
  authenticated: { descriptor: () => 'Access: signed-in callers.' },
  requiresScopes: {
    descriptor: (directive: GraphQLDirective | undefined, node: unknown) =>
      scopesText(valuesOf<{ scopes: string[][] }>(directive, node).scopes ?? []),
  },
  listSize: {
    descriptor: (directive: GraphQLDirective | undefined, node: unknown) =>
      listSizeText(valuesOf<ListSizeArguments>(directive, node)),
  },
  cacheControl: {
    descriptor: (directive: GraphQLDirective | undefined, node: unknown) =>
      cacheText(valuesOf<{ maxAge: number }>(directive, node).maxAge) ?? '',
  },
} as unknown as CustomDirective;

/** The generated pages. Those of directives are left out: clients never write these directives. */
async function readPages(outputDir: string): Promise<Pages> {
  const paths = (await readdir(outputDir, { recursive: true }))
    .map((path) => path.split(sep).join('/'))
    .filter((path) => path.endsWith('.md') && path.includes('/') && !path.includes('directives/'))
    .map((path) => path.slice(0, -'.md'.length))
    .sort()
    .map((path) => `${path}.md`);
  const texts = paths.map(
    async (path) => [path, polishPage(await readFile(join(outputDir, path), 'utf8'))] as const,
  );
  return new Map(await Promise.all(texts));
}
