import { apiSchema, apiSchemaChanges } from '@souk/gateway/supergraph/composition';
import type { GraphQLSchema } from 'graphql';
import { buildSchema } from 'graphql';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** The API of the last release; a release replaces it. */
const released = buildSchema(read('tests/architecture/released/0.1.0.graphql'));
const current = apiSchema(read('gateway/supergraph.graphql'));

/** The first names in backticks of the list "Breaking" under Unreleased. */
function namedBreaks(changelog: string): string[] {
  const [, unreleased = ''] = /^## \[Unreleased\]$(.*?)^## \[/ms.exec(changelog) ?? [];
  const [, list = ''] = /^### Breaking$(.*?)(?:^### |$(?![^]))/ms.exec(unreleased) ?? [];
  return [...list.matchAll(/^- `([^`]+)`/gm)].map(([, name = '']) => name).sort();
}

async function breaks(before: GraphQLSchema, after: GraphQLSchema): Promise<string[]> {
  const changes = await apiSchemaChanges(before, after);
  return [...new Set(changes.flatMap(({ isBreaking, path }) => (isBreaking ? [path] : [])))].sort();
}

test('CHANGELOG.md names exactly what breaks clients of the last release', async () => {
  expect(await breaks(released, current)).toEqual(namedBreaks(read('CHANGELOG.md')));
});

describe('a break', () => {
  const before = buildSchema('type Query { a: Int! b(c: Int): String }');

  test.each([
    ['a removed field', 'type Query { a: Int! }', 'Query.b'],
    ['a value that may be null', 'type Query { a: Int b(c: Int): String }', 'Query.a'],
    ['another type', 'enum E { X } type Query { a: Int! b(c: Int): E }', 'Query.b'],
    ['a removed argument', 'type Query { a: Int! b: String }', 'Query.b.c'],
  ])('is found: %s', async (_what, after, path) => {
    expect(await breaks(before, buildSchema(after))).toEqual([path]);
  });

  test('is named by the list of the unreleased version only', () => {
    const changelog = `## [Unreleased]

### Breaking

- \`Query.b\` is an enum.

### Changed

- \`Query.d\` is faster.

## [0.1.0] - 2026-11-28

### Breaking

- \`Query.c\`
`;
    expect(namedBreaks(changelog)).toEqual(['Query.b']);
  });
});
